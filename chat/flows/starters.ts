import type { FlowDraft } from "../../protocol/flows.ts";
import { type StarterWords, starterWords } from "./starter_words.ts";

/** Ready flows to begin with, in the language of this tag or in English. Nothing is stored. */
export function starterFlows(language: string): FlowDraft[] {
  const tag = language.toLowerCase().split("-")[0]!;
  const words = Object.hasOwn(starterWords, tag) ? starterWords[tag]! : starterWords.en!;
  return [contactDetails(words), orderQuestion(words), openingHours(words)];
}

function flowOf(
  { title, phrases }: { title: string; phrases: string[] },
  steps: FlowDraft["steps"],
): FlowDraft {
  return { title, start: { phrases: [...phrases] }, steps, locales: {}, enabled: true };
}

function contactDetails({ contact: words }: StarterWords): FlowDraft {
  return flowOf(words, [
    { id: "name", do: "ask", text: words.name, into: "name", as: "text", tries: 2, or: "email" },
    {
      id: "email",
      do: "ask",
      text: words.email,
      into: "email",
      as: "email",
      tries: 2,
      or: "phone",
      next: "done",
    },
    { id: "phone", do: "ask", text: words.phone, into: "phone", as: "phone", tries: 2 },
    { id: "done", do: "handoff", text: words.done },
  ]);
}

function orderQuestion({ order: words }: StarterWords): FlowDraft {
  const choices = [words.where, words.change, words.back].map((label) => ({ label }));
  return flowOf(words, [
    { id: "topic", do: "ask", text: words.topic, into: "topic", as: "choice", choices, tries: 2 },
    { id: "order", do: "ask", text: words.number, into: "order", as: "text", tries: 2 },
    { id: "email", do: "ask", text: words.email, into: "email", as: "email", tries: 2, or: "done" },
    { id: "done", do: "handoff", text: words.done },
  ]);
}

function openingHours({ hours: words }: StarterWords): FlowDraft {
  const choices = [{ label: words.yes }, { label: words.no, next: "bye" }];
  return flowOf(words, [
    { id: "hours", do: "if", test: { hours: "open" }, then: "open", else: "closed" },
    {
      id: "open",
      do: "say",
      text: words.open,
      buttons: [{ label: words.person, do: { person: true } }],
      next: "end",
    },
    {
      id: "closed",
      do: "ask",
      text: words.closed,
      into: "write",
      as: "choice",
      choices,
      tries: 2,
      or: "bye",
    },
    { id: "email", do: "ask", text: words.email, into: "email", as: "email", tries: 2 },
    { id: "done", do: "handoff", text: words.done },
    { id: "bye", do: "say", text: words.bye },
    { id: "end", do: "end" },
  ]);
}
