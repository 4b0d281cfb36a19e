import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** The first problem of each field (`prechat.email`); `""` is the input as a whole. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= problemOf(issue);
  return fields;
}

function problemOf(issue: Issue): string {
  // The last branch of a union is the usual form; those before it are exceptions such as "".
  const usual = issue.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  if (usual) return problemOf(usual);
  if (issue.message.endsWith("received undefined")) return "is missing";
  return issue.message;
}
