import { maxPassageLength } from "../../protocol/limits.ts";

/** From this length on, a passage ends before a heading. Characters. */
const enough = 400;
/** Space that a heading leaves for the text under it. Characters. */
const spaceUnderHeading = 200;

const heading = /^#{1,6}\s/;
const fence = /^\s*(```|~~~)/;

/**
 * A text cut at headings (`# …`) and between paragraphs, into passages of at most 1,200 characters: fewer than one for
 * each 300 characters of it, since short ones are joined. Longer paragraphs are cut at lines, sentences, words.
 */
export function cutPassages(text: string): string[] {
  const passages: string[] = [];
  let passage = "";
  const end = () => {
    if (passage) passages.push(passage);
    passage = "";
  };
  for (const block of blocksOf(text)) {
    const isHeading = heading.test(block);
    if (isHeading && passage.length >= enough) end();
    for (const piece of piecesOf(block)) {
      const needed = passage.length + 2 + piece.length + (isHeading ? spaceUnderHeading : 0);
      if (passage && needed > maxPassageLength) end();
      passage += passage ? `\n\n${piece}` : piece;
    }
  }
  end();
  return passages;
}

/** Headings, and paragraphs between blank lines. What looks like a heading in fenced code is none. */
function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [], isCode = false;
  const end = () => {
    const block = lines.join("\n").trim();
    if (block) blocks.push(block);
    lines = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (fence.test(line)) isCode = !isCode;
    const isHeading = !isCode && heading.test(line);
    if (isHeading || line.trim() === "") end();
    lines.push(line);
    if (isHeading) end();
  }
  end();
  return blocks;
}

/** Ends of lines, sentences and words, the best first. */
const ends = [/\n/g, /[.!?।؟。！？](?=\s|$)|[。！？]/g, /\s/g];

/** A paragraph in pieces that fit a passage. */
function piecesOf(block: string): string[] {
  const pieces: string[] = [];
  let rest = block;
  while (rest.length > maxPassageLength) {
    const end = endOf(rest.slice(0, maxPassageLength));
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest ? [...pieces, rest] : pieces;
}

/** Where a text ends best in its second half. */
function endOf(text: string): number {
  for (const one of ends) {
    const last = [...text.matchAll(one)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end > text.length / 2) return end;
  }
  // Not between the halves of a surrogate pair.
  return /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
}
