import assert from "node:assert/strict";
import { acts, mayManage as mayManageThere, roleMay as mayThere } from "../../../chat/permissions.ts";
import { Role } from "../../../protocol/team.ts";
import { mayManage, roleMay } from "../../../web/portal/service/roles.ts";
import { acting } from "../../harness/acting.ts";

Deno.test("what the portal shows by role is what the service allows", () => {
  for (const role of Role.options) {
    for (const act of acts) assert.equal(roleMay(role, act), mayThere(role, act), `${role} ${act}`);
    const who = acting("asha", { role });
    for (const other of Role.options) {
      assert.equal(mayManage(role, other), mayManageThere(who, other), `${role} ${other}`);
    }
  }
});
