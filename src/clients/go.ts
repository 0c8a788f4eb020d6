import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, timeoutSeconds } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";
import { answersIn, trialLine } from "./trial-files.ts";

/** The package crypto/x509 of Go. It has no verifier that uses CRLs, so a careful application of it is tried. */
export const go: Client = {
  id: "go",
  name: "Go",
  mode: "crypto/x509 in a careful application",
  async version() {
    const ended = await runProgram("go", ["version"], timeoutSeconds);
    return /^go version go(?<version>\d\S*)/u.exec(ended?.out ?? "")?.groups?.["version"];
  },
  verify: (trials) =>
    withDirectory(async (directory) => {
      const [file, program] = [join(directory, "verify.go"), join(directory, "verify")];
      writeFileSync(file, source);
      // The first compilation on a machine includes the standard library.
      // It leaves its own directory if it is ended.
      const env = { GOTMPDIR: directory };
      await runProgram("go", ["build", "-o", program, file], 10 * timeoutSeconds, "", env);
      return answersIn(
        await runProgram(program, [], timeoutSeconds + trials.length, trials.map(trialLine).join("")),
        trials,
      );
    }),
};

/** Program that reads a line for each trial, and writes its outcome and, after a tab, its reason. */
const source = String.raw`package main

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
	"time"
)

func answer(objects [][]byte) (string, string) {
	lists := []*x509.RevocationList{}
	for _, crl := range objects[4:] {
		if block, _ := pem.Decode(crl); block != nil {
			crl = block.Bytes
		}
		list, err := x509.ParseRevocationList(crl)
		if err != nil {
			return "crl-refused", err.Error()
		}
		lists = append(lists, list)
	}
	ca, err := x509.ParseCertificate(objects[1])
	if err != nil {
		return "rejected", err.Error()
	}
	leaf, err := x509.ParseCertificate(objects[2])
	if err != nil {
		return "rejected", err.Error()
	}
	why, used, now := "no CRL", false, time.Now()
	for _, list := range lists {
		if !bytes.Equal(list.RawIssuer, ca.RawSubject) {
			why = "RawIssuer is not the CA's RawSubject"
		} else if err := list.CheckSignatureFrom(ca); err != nil {
			why = err.Error()
		} else if list.ThisUpdate.After(now) {
			why = "ThisUpdate has not come"
		} else if list.NextUpdate.Before(now) {
			why = "NextUpdate has passed"
		} else {
			used = true
			for _, entry := range list.RevokedCertificates {
				if entry.SerialNumber.Cmp(leaf.SerialNumber) == 0 {
					return "revoked", ""
				}
			}
		}
	}
	if used {
		return "accepted", ""
	}
	return "rejected", why
}

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		objects := [][]byte{}
		for _, field := range strings.Fields(line) {
			bytes, _ := base64.StdEncoding.DecodeString(field)
			objects = append(objects, bytes)
		}
		outcome, why := answer(objects)
		fmt.Printf("%s\t%s\n", outcome, strings.ReplaceAll(why, "\n", " "))
	}
}
`;
