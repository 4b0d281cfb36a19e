import assert from "node:assert/strict";
import { keysTest } from "./fixture.ts";

keysTest(
  "by keys: every kind of field of the chatbot is changed and saved",
  "chatbot",
  async ({ keys, settings, saved }) => {
    await keys.fill("Title", "Lamps");
    await keys.fill("Greeting", "Namaste!");
    await keys.to("combobox", "Language");
    await keys.write("hi");
    await keys.to("textbox", "Pick a colour");
    await keys.fill("Colour", "#7c2d12");
    await keys.to("radio", "Right");
    await keys.press("ArrowLeft");
    await keys.isAt("radio", "Left");
    await keys.fill("Picture", "https://shop.example/lamp.png");
    await keys.to("radio", "No");
    await keys.press("ArrowRight");
    await keys.press("Tab");
    await keys.isAt("radio", "No");
    await keys.press("ArrowRight");
    await keys.press("ArrowRight");
    await keys.isAt("radio", "Required");
    await keys.to("switch", "Signed-in users only");
    await keys.press("Space");
    await keys.to("radio", "Here");
    await keys.press("ArrowRight");
    await keys.isAt("radio", "Away");
    await keys.to("button", "Discard");
    await keys.enter("button", "Save");
    await settings.says("Saved");
    await keys.isAt("heading", "Chatbot");
    const { title, greeting, locale, accent, position, avatar_url, prechat, require_identity } =
      await saved();
    assert.deepEqual(
      { title, greeting, locale, accent, position, avatar_url, prechat, require_identity },
      {
        title: "Lamps",
        greeting: "Namaste!",
        locale: "hi",
        accent: "#7c2d12",
        position: "left",
        avatar_url: "https://shop.example/lamp.png",
        prechat: { name: "optional", email: "required" },
        require_identity: true,
      },
    );
  },
);

keysTest(
  "by keys: Enter saves from within a field, and goes to the one that is wrong",
  "chatbot",
  async ({ keys, settings, saved }) => {
    await keys.fill("Colour", "teal");
    await keys.press("Enter");
    await settings.says("Not saved. 1 field needs another look");
    await keys.isAt("textbox", "Colour");
    await keys.write("#0f766e");
    await keys.fill("Words on the button", "Ask us");
    await keys.press("Enter");
    await settings.says("Saved");
    await keys.isAt("textbox", "Words on the button");
    assert.equal((await saved()).launcher_text, "Ask us");
    await keys.back("textbox", "Title");
    await keys.write("Thrown away");
    await keys.enter("button", "Discard");
    await keys.isAt("heading", "Chatbot");
    await keys.fill("Title", "Kept");
    await keys.press("Enter");
    await settings.says("Saved");
    assert.equal((await saved()).title, "Kept");
  },
);
