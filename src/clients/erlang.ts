import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, timeoutSeconds } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";
import { answersIn, trialLine } from "./trial-files.ts";

/** The CRL verifier of Erlang/OTP, which its TLS uses. */
export const erlang: Client = {
  id: "erlang",
  name: "Erlang",
  mode: "public_key:pkix_crls_validate",
  async version() {
    const ended = await runErlang(["version"], "", timeoutSeconds);
    return ended?.code === 0 ? ended.out.trim() : undefined;
  },
  verify: async (trials) =>
    answersIn(await runErlang([], trials.map(trialLine).join(""), 2 * timeoutSeconds + trials.length), trials),
};

function runErlang(args: readonly string[], input: string, seconds: number) {
  return withDirectory((directory) => {
    const file = join(directory, "verify");
    writeFileSync(file, source);
    return runProgram("escript", [file, ...args], seconds, input);
  });
}

/** Program that reads a line for each trial, and writes its outcome and, after a tab, its reason. */
const source = String.raw`#!/usr/bin/env escript
%%! +fnu
main(["version"]) ->
  {module, _} = code:ensure_loaded(public_key),
  io:format("~s~n", [erlang:system_info(otp_release)]);
main(_) -> io:setopts(standard_io, [binary]), loop().

loop() ->
  case io:get_line("") of
    eof -> ok;
    Line ->
      Objects = [base64:decode(Field) || Field <- string:lexemes(string:trim(Line), " ")],
      {Outcome, Why} = answer(Objects),
      Text = lists:sublist(lists:flatten(io_lib:format("~0p", [Why])), 160),
      io:format("~s\t~s~n", [Outcome, Text]),
      loop()
  end.

answer([Root, Ca, Leaf, _RootCrl | Crls]) ->
  try [load(Crl) || Crl <- Crls] of
    Loaded ->
      try [decode(Cert) || Cert <- [Root, Ca, Leaf]] of
        Certs -> validate(Certs, Loaded)
      catch
        _:_ -> {"rejected", certificate_not_decoded}
      end
  catch
    _:Error -> {"crl-refused", Error}
  end.

load(<<16#30, _/binary>> = Der) -> {Der, public_key:der_decode('CertificateList', Der)};
load(Pem) ->
  [{'CertificateList', Der, _} | _] = public_key:pem_decode(Pem),
  load(Der).

decode(Der) -> public_key:pkix_decode_cert(Der, otp).

validate([Root, Ca, Leaf], Crls) ->
  Issuer = fun(_Point, Crl, _Name, _State) ->
    case [Cert || Cert <- [Ca, Root], public_key:pkix_is_issuer(Crl, Cert)] of
      [Root | _] -> {ok, Root, [Root]};
      [Cert | _] -> {ok, Root, [Cert]};
      [] -> error
    end
  end,
  Points = [{Point, Crl} || Point <- public_key:pkix_dist_points(Leaf), Crl <- Crls],
  Options = [{issuer_fun, {Issuer, []}}, {undetermined_details, true}],
  try public_key:pkix_crls_validate(Leaf, Points, Options) of
    valid -> {"accepted", ""};
    {bad_cert, {revoked, _}} -> {"revoked", ""};
    {bad_cert, {revocation_status_undetermined, _}} -> {"rejected", revocation_status_undetermined};
    {bad_cert, Why} -> {"rejected", Why}
  catch
    Class:_ -> {"rejected", Class}
  end.
`;
