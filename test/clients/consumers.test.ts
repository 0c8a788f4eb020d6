import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { type Form, forms } from "../../src/clients/forms.ts";
import { claims, columns } from "../../scripts/consumers/claims.ts";
import { allClients } from "../../scripts/consumers/clients.ts";
import { fillPage } from "../../scripts/consumers/page.ts";
import { cellOf, type Matrix, measure } from "../../scripts/consumers/trials.ts";
import { statements } from "../../scripts/consumers/statements.ts";

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const page = read("consumers.md");
const matrix = JSON.parse(read("consumers.json")) as Matrix;

describe("docs/consumers.md", () => {
  test("has the tables of docs/consumers.json", () => {
    expect(fillPage(page, matrix)).toBe(page);
  });

  test("has all forms", () => {
    expect(matrix.forms.map(({ id, title, isRevoked }) => ({ id, title, isRevoked }))).toEqual(
      forms.map(({ id, title, isRevoked = true }) => ({ id, title, isRevoked })),
    );
  });

  test("has the outcome of each form in each client", () => {
    const ids = matrix.clients.map(({ id }) => id).sort();
    for (const { answers } of matrix.forms) expect(Object.keys(answers).sort()).toEqual(ids);
  });
});

/** Forms whose outcomes differ most between clients. */
const again = [
  "valid",
  "partition",
  "issuer-reversed",
  "issuer-case",
  "expired",
  "idp-foreign",
  "reason-8",
  "serial-negative",
  "serial-not-minimal",
  "entries-empty",
  "pem-indented",
];

/** The same for all clients, so that the modes of Java share one virtual machine. */
const now = Math.floor(Date.now() / 1000);

describe("a client of the version on the page has the outcomes on the page", () => {
  test.for(allClients)("$id", async (client, { skip }) => {
    const { id } = client;
    const named = matrix.clients.find((each) => each.id === id)?.version;
    const version = await client.version();
    skip(version !== named, `the page names ${named}, and this machine has ${version ?? "none"}`);
    const some = again.map((form) => forms.find((each) => each.id === form) as Form);
    const measured = await measure(client, some, now);
    expect(measured).toEqual(again.map((form) => matrix.forms.find((each) => each.id === form)?.answers[id]));
  });
});

describe("statements about clients in the rules agree with the page", () => {
  const all = statements();
  const ofClients = new Map(matrix.clients.map((client) => [client.id, client]));

  test("each client that a statement names has a claim about some forms", () => {
    const unclaimed = all.flatMap(({ of, software }) => {
      const claimed = new Set((claims[of] ?? []).flatMap((claim) => claim.software));
      return software.filter((name) => !claimed.has(name)).map((name) => `${of}: ${name}`);
    });
    expect(unclaimed).toEqual([]);
  });

  test("each claim belongs to a statement", () => {
    const unused = Object.entries(claims).flatMap(([of, list]) => {
      const claimedIn = new Set(all.filter((statement) => statement.of === of).flatMap(({ software }) => software));
      return list.flatMap(({ software }) =>
        software.filter((name) => !claimedIn.has(name)).map((name) => `${of}: ${name}`),
      );
    });
    expect(unused).toEqual([]);
  });

  test("only one statement is about every client, and every client agrees with it", () => {
    const absolute =
      /\b(?:every|all) clients? (?:rejects?|refuses?|drops?)|\bno client (?:ever )?(?:accepts?|loads?|uses?|can use)/iu;
    expect(rules.filter(({ why }) => absolute.test(why)).map(({ id }) => id)).toEqual(["certs/good-listed"]);
    const outcomes = Object.values(matrix.forms.find(({ id }) => id === "valid")?.answers ?? {});
    expect(outcomes.map(({ revoked }) => revoked.outcome)).not.toContain("accepted");
  });

  const measured = Object.entries(claims).flatMap(([of, list]) =>
    list.flatMap((claim) =>
      claim.software.flatMap((name) => claim.forms.map((form) => [of, name, form, claim.cells] as const)),
    ),
  );

  test.each(measured)("%s: %s, %s", (_, name, id, cells) => {
    const parts =
      /^(?<client>[A-Za-z ]+?)(?: (?<version>\d[\d.]*))?(?<mode> (?:with|in) .*)?$/u.exec(name)?.groups ?? {};
    const { client = "", version = "", mode = "" } = parts;
    const columnsOfName = columns[`${client}${mode}`] ?? [];
    expect(columnsOfName).not.toEqual([]);
    const form = matrix.forms.find((each) => each.id === id);
    for (const column of columnsOfName) {
      const answers = form?.answers[column];
      expect([column, answers && cellOf(answers, form.isRevoked)]).toEqual([column, expect.toBeOneOf([...cells])]);
      // "OpenSSL 3.0" in a statement covers 3.0.19.
      const of = ofClients.get(column)?.version.split(/[.,]/u) ?? [];
      if (version !== "") expect([column, of.slice(0, version.split(".").length).join(".")]).toEqual([column, version]);
    }
  });
});
