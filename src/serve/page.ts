import { markup } from "../report/markup.ts";
import { optionTable } from "../options/table.ts";
import { profiles } from "../sources/profiles.ts";
import { version } from "../version.ts";
import { pageStyle } from "./page-style.ts";

/**
 * The page for people: a form that takes a CRL and its CA's certificate, chosen or dropped, and shows the html report.
 * It has no script: browsers themselves take what is dropped on a field for files.
 */
export function page(): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>crllint</title>
<style>${{ markup: pageStyle }}</style>
</head>
<body>
<main>
<h1>Lint a certificate revocation list</h1>
<p class="hint">Drop a CRL and the certificate of its CA, in DER, PEM or base64. Nothing is kept.</p>
<form method="post" action="/v1/lint" enctype="multipart/form-data">
<input type="hidden" name="format" value="html">
<div class="drop">
<label><strong>CRL</strong><span class="hint">drop it here, or choose it</span>
<input type="file" name="crl" autofocus></label>
<label><strong>CA certificate</strong><span class="hint">the CA's certificate, or several candidates</span>
<input type="file" name="issuer" multiple></label>
</div>
<div class="row"><label for="profile">Profile</label><select id="profile" name="profile">
${Object.entries(profiles).map(([id, { title }]) => option(id, `${id}: ${title}`, isUsual(id)))}</select></div>
<details>
<summary>More inputs</summary>
${moreFiles.map(([name, label, several]) => fileRow(name, label, several))}<div class="row">
<label for="signature">Signature</label><select id="signature" name="signature">
${option("verify", "verify", true)}${option("ignore", "ignore: signed with a test key", false)}</select></div>
<div class="row"><label for="now">Lint as of</label>
<input id="now" name="now" placeholder="now, or 2026-11-23T12:00:00Z"></div>
<div class="row"><label for="validFor">Must be valid for</label>
<input id="validFor" name="validFor" placeholder="24h, 7d, PT24H"></div>
</details>
<button>Lint</button>
</form>
</main>
<footer>crllint ${version}. Rules: <a href="/v1/rules">/v1/rules</a>. For programs:
<a href="/v1/openapi.json">/v1/openapi.json</a>.</footer>
</body>
</html>
`.markup;
}

/** Fields that are seldom needed: name, label, whether it takes several files. */
const moreFiles: readonly (readonly [string, string, boolean])[] = [
  ["tbs", "TBSCertList that is not signed yet, instead of a CRL", false],
  ["previous", "CRL that this one replaces", false],
  ["base", "Complete CRL that a delta CRL updates", false],
  ["certs", "Certificates that the CRL may list", true],
];

/** Whether a profile is chosen unless another is. */
function isUsual(id: string): boolean {
  return (optionTable.profile.default as readonly string[]).includes(id);
}

function option(value: string, label: string, isChosen: boolean) {
  return markup`<option value="${value}"${{ markup: isChosen ? " selected" : "" }}>${label}</option>
`;
}

function fileRow(name: string, label: string, several: boolean) {
  return markup`<div class="row"><label for="${name}">${label}</label>
<input id="${name}" type="file" name="${name}"${{ markup: several ? " multiple" : "" }}></div>
`;
}
