import { z } from "zod";
import { Consumer } from "./names.ts";
import { ClientId } from "./records.ts";

const ofText = {
  consumer: Consumer.optional(),
  client_id: ClientId.optional(),
  seq: z.int().min(1).describe("of an own text, at most 15 minutes old"),
};

export const EditMessage = z.object({
  command: z.literal("edit_message"),
  ...ofText,
  content: z.string().describe("the whole new text"),
});

export const DeleteMessage = z.object({ command: z.literal("delete_message"), ...ofText });
