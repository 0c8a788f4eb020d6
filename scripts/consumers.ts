// Runs the clients on this machine with a chain and the forms of CRL in src/clients/forms.ts. Writes their answers to
// docs/consumers.json, and the tables of docs/consumers.md.
import { readFileSync, writeFileSync } from "node:fs";
import { allClients } from "./consumers/clients.ts";
import { fillPage } from "./consumers/page.ts";
import { measureAll } from "./consumers/trials.ts";

const [json, page] = ["consumers.json", "consumers.md"].map((name) => new URL(`../docs/${name}`, import.meta.url)) as [
  URL,
  URL,
];
const matrix = await measureAll(allClients, () => Math.floor(Date.now() / 1000));
writeFileSync(json, `${JSON.stringify(matrix, null, 2)}\n`);
writeFileSync(page, fillPage(readFileSync(page, "utf8"), matrix));
console.log(`wrote docs/consumers.json and docs/consumers.md: ${matrix.forms.length} forms`);
