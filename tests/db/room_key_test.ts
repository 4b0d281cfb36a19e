import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomMap } from "../../db/room_key.ts";

const vera = { admin: "asha", consumer: "vera" }, sam = { admin: "asha", consumer: "sam" };
const other = { admin: "bo", consumer: "vera" };

test("rooms of one consumer name under two admins are two", () => {
  const seqs = new RoomMap<number>();
  seqs.set(vera, 1);
  seqs.set(other, 2);
  seqs.set({ ...vera }, 3);
  assert.equal(seqs.get(vera), 3);
  assert.equal(seqs.get(other), 2);
  assert.equal(seqs.get(sam), undefined);
  assert.equal(seqs.size, 2);
});

test("what is taken out is gone, of its admin too, and is counted once", () => {
  const seqs = new RoomMap<number>();
  for (const [i, key] of [vera, sam, other].entries()) seqs.set(key, i);
  seqs.delete(other);
  seqs.delete(other);
  seqs.delete({ admin: "nobody", consumer: "vera" });
  assert.equal(seqs.size, 2);
  assert.deepEqual([...seqs], [[vera, 0], [sam, 1]]);
  assert.deepEqual([...seqs.ofAdmin("asha")], [[vera, 0], [sam, 1]]);
  assert.deepEqual([...seqs.ofAdmin("bo")], []);
  assert.deepEqual([...seqs.values()], [0, 1]);
  seqs.clear();
  assert.deepEqual([seqs.size, [...seqs]], [0, []]);
});

test("a room may be taken out while all are gone through", () => {
  const seqs = new RoomMap<number>();
  for (const [i, key] of [vera, sam, other].entries()) seqs.set(key, i);
  for (const [key, seq] of seqs.ofAdmin("asha")) if (seq === 0) seqs.delete(key);
  assert.deepEqual([...seqs.values()], [1, 2]);
});
