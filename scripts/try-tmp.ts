import { incidents } from "/work/main/scripts/incidents/index.ts";
import { replay, tripped, neededInputs } from "/work/main/scripts/incidents/replay.ts";
const only = process.argv.slice(2);
let bad = 0;
for (const i of incidents) {
  if (only.length && !only.includes(i.id)) continue;
  for (const t of i.trials) {
    let got: string[]; let run;
    try { run = replay(t); got = [...tripped(run)]; } catch (e) { got = ["THROWN " + e]; }
    const ok = JSON.stringify(got) === JSON.stringify(t.expected);
    if (!ok) { bad++; console.log("XX", i.id, t.title, "\n   want", t.expected.join(" "), "\n   got ", got.join(" ")); for (const f of run?.findings ?? []) console.log("      ", f.severity, f.rule, f.message, f.notes?.join(" // ")); }
    else console.log("ok", i.id, t.title, t.expected.length ? neededInputs(t).join("+") || "crl" : "silent");
  }
}
console.log(bad, "bad");
