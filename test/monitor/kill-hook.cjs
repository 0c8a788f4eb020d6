// Loaded into a process of its own, which it kills before a call of node:fs. CRLLINT_TEST_KILL names the function, which
// of its calls it is, and the path of these: `renameSync 1 /report\.txt$`.
"use strict";
const fs = require("node:fs");

const [, name, nth, pattern] = /^(\w+) (\d+) (.*)$/u.exec(process.env.CRLLINT_TEST_KILL);

/** Paths of open files, by their descriptors. */
const paths = new Map();
const { openSync } = fs;
fs.openSync = (path, ...more) => {
  const descriptor = openSync(path, ...more);
  paths.set(descriptor, path);
  return descriptor;
};

let calls = 0;
const original = fs[name];
fs[name] = (...args) => {
  const [file, to] = args;
  // A file gets its name when it is whole.
  const path = name === "renameSync" ? to : (paths.get(file) ?? file);
  if (new RegExp(pattern, "u").test(path)) calls += 1;
  if (calls === Number(nth)) process.kill(process.pid, "SIGKILL");
  return original(...args);
};
