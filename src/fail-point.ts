// Points at which a test may kill, stop or fail this process. Here they do nothing, and a build drops each call with its name;
// a build with NOTIFY_BUILD=faults has test/support/armed-fail-point.ts in the place of this file.

/** The process has come to this point; `id`: of the message that it is about, where it is about one. */
/* @__NO_SIDE_EFFECTS__ */
export const failPoint = (_name: string, _id?: number): void => undefined
