// Bundles the command line into dist/cli/: hundreds of files, each found, opened and compiled by itself, would take
// longer to start than to lint. CommonJS, since Node starts an ES module later; in chunks, so that what one command or
// format alone needs is read when it is used. Nothing is minified: stacks show the names of the source.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";

const root = new URL("../", import.meta.url);

/** Commands that show the rules' examples. */
const showExamples = /\/src\/cli\/(?:explain|fixture)\.ts$/u;

/** Marks the rules as those commands get them. */
const whole = "?whole";

/** Examples are half of every rule's text: what lints gets the rules without them, what shows them a copy of its own. */
const withoutExamples: Plugin = {
  name: "without-examples",
  resolveId: {
    filter: { id: /^\.{1,2}\/.*\.ts$/u },
    async handler(source, importer = "") {
      if (!showExamples.test(importer) && !importer.endsWith(whole)) return null;
      const resolved = await this.resolve(source, importer.replace(whole, ""), { skipSelf: true });
      return resolved?.id.includes("/src/rules/") === true ? resolved.id + whole : resolved;
    },
  },
  load: {
    filter: { id: /\?whole$/u },
    handler: (id) => ({ code: readFileSync(id.replace(whole, ""), "utf8"), moduleType: "ts" }),
  },
  transform: {
    filter: { id: /\/src\/rules\/[^/]+\/[^/]+\.ts$/u },
    handler(code) {
      const rule = this.parse(code, { lang: "ts" }).body.find(({ type }) => type === "ExportDefaultDeclaration");
      if (rule?.type !== "ExportDefaultDeclaration" || rule.declaration.type !== "CallExpression") return null;
      const [definition] = rule.declaration.arguments;
      if (definition?.type !== "ObjectExpression") return null;
      for (const property of definition.properties) {
        if (property.type !== "Property" || property.key.type !== "Identifier" || property.key.name !== "examples") {
          continue;
        }
        const { start, end } = property.value;
        return { code: `${code.slice(0, start)}{ bad: [], good: [] }${code.slice(end)}` };
      }
      return null;
    },
  },
};

/** commander runs executable subcommands, of which crllint has none: loading what they need takes as long as linting. */
const noSubprocesses: Plugin = {
  name: "no-subprocesses",
  resolveId: {
    filter: { id: /^node:child_process$/u },
    handler: (_, importer) => (importer?.includes("/node_modules/commander/") === true ? "\0no-subprocesses" : null),
  },
  load: { filter: { id: /^\0no-subprocesses$/u }, handler: () => "module.exports = {};" },
};

/** Folder of the package that a bundled module is of; undefined for our own. */
function packageOf(module: string): string | undefined {
  return /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(module.replaceAll("\\", "/"))?.groups?.["folder"];
}

/** The licence of a package, under its name and version. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    readonly [field: string]: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.\w+)?$/iu.test(entry));
  if (file === undefined || !existsSync(`${folder}/${file}`)) throw new Error(`${name} has no licence text to copy`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

const bundle = await rolldown({
  input: { main: fileURLToPath(new URL("src/cli/main.ts", root)) },
  platform: "node",
  plugins: [withoutExamples, noSubprocesses],
});
const { output } = await bundle.write({
  dir: fileURLToPath(new URL("dist/cli", root)),
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "[name]-[hash].cjs",
  comments: false,
});
await bundle.close();
// npm makes what a package installs executable, but not what a clone has built: npx runs it from there, too.
chmodSync(new URL("dist/cli/main.cjs", root), 0o755);

const modules = output.flatMap((item) => (item.type === "chunk" ? item.moduleIds : []));
const folders = [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort();
const notice = "The files below cli/ hold copies of the packages named here, each under its own licence.";
writeFileSync(
  new URL("dist/THIRD-PARTY-LICENSES", root),
  [notice, ...folders.map(licenceOf)].join(`\n${"-".repeat(80)}\n\n`),
);
