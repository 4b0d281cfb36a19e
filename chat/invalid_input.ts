import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What is wrong with an input, by field (`prechat.email`): the first problem of each. `""` is the input as a whole. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= problemOf(issue);
  return fields;
}

function problemOf(issue: Issue): string {
  // Of the ways in which a value may be written the last is the usual one; those before it are exceptions such as "".
  const usual = issue.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  if (usual) return problemOf(usual);
  if (issue.message.endsWith("received undefined")) return "is missing";
  return issue.message;
}
