import { deserialize } from "node:v8";
import type { Run } from "../rule/report.ts";
import { type CrlFile, judgeFile } from "./judge-files.ts";
import { receiveSetting, type SentSetting, type Setting } from "./setting.ts";

/** What a worker gets to judge. */
export interface JudgeTask {
  /** A `SentSetting`, serialised into memory that all workers share. */
  readonly setting: Uint8Array;
  readonly files: readonly CrlFile[];
}

let last: { readonly bytes: Uint8Array; readonly setting: Setting } | undefined;

/** Judges files; gives the runs of each. A setting is made once of all tasks that come with the same. */
export function judgeFiles({ setting: bytes, files }: JudgeTask): readonly (readonly Run[])[] {
  if (last === undefined || !isSame(last.bytes, bytes)) {
    last = { bytes, setting: receiveSetting(deserialize(bytes) as SentSetting) };
  }
  const { setting } = last;
  return files.map((file) => judgeFile(file, setting));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
