export { parseMoment } from "../lint/moment.ts";

