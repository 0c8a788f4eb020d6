import { markup } from "../report/markup.ts";
import { optionTable } from "../options/table.ts";
import { profiles } from "../sources/profiles.ts";
import { version } from "../version.ts";
import { iconLink } from "./icon.ts";
import { pageFiles, pageTexts, sortedField } from "./page-fields.ts";
import { pageStyle } from "./page-style.ts";

/**
 * Returns the HTML page: a form for a CRL and its CA's certificate, chosen or dropped, whose answer is the html report.
 * It has no script: browsers accept files that are dropped on a file field.
 */
export function page(): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>crllint</title>
${iconLink}<style>${{ markup: pageStyle }}</style>
</head>
<body>
<main>
<h1>Lint a certificate revocation list</h1>
<p class="hint">Drop a CRL and the certificate of its CA, in DER, PEM or base64. They may be in either box, or both in
one: files are recognized by content. Nothing is kept.</p>
<form method="post" action="/" enctype="multipart/form-data">
<div class="drop">
<label><strong>CRL</strong><span class="hint">drop it here, or choose it</span>
<input type="file" name="${sortedField}" multiple autofocus></label>
<label><strong>CA certificate</strong><span class="hint">the CA's certificate, or several candidates</span>
<input type="file" name="${sortedField}" multiple></label>
</div>
<div class="row"><label for="profile">Profile</label><select id="profile" name="profile">
${Object.entries(profiles).map(([id, { title }]) => option(id, `${id}: ${title}`, isUsual(id)))}</select></div>
<details>
<summary>More inputs</summary>
${Object.entries(pageFiles).map(([name, [label, several]]) => fileRow(name, label, several))}<div class="row">
<label for="signature">Signature</label><select id="signature" name="signature">
${option("verify", "verify", true)}${option("ignore", "ignore: signed with a test key", false)}</select></div>
${Object.entries(pageTexts).map(([name, [label, example]]) => textRow(name, label, example))}</details>
<button>Lint</button>
</form>
</main>
<footer>crllint ${version}. Rules: <a href="/v1/rules">/v1/rules</a>. For programs:
<a href="/v1/openapi.json">/v1/openapi.json</a>.</footer>
</body>
</html>
`.markup;
}

/** Whether a profile is selected by default. */
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

function textRow(name: string, label: string, example: string) {
  return markup`<div class="row"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" placeholder="${example}"></div>
`;
}
