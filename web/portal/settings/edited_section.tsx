import type { ComponentChildren } from "preact";
import { AccountSection } from "./sections/account_section.tsx";
import { BlockedSection } from "./sections/blocked_section.tsx";
import { AssignmentSection } from "./sections/team/assignment_section.tsx";
import { AuditSection } from "./sections/team/audit_section.tsx";
import { CannedSection } from "./sections/team/canned_section.tsx";
import { LabelsSection } from "./sections/team/labels_section.tsx";
import { MembersSection } from "./sections/team/members_section.tsx";
import { ProfileSection } from "./sections/team/profile_section.tsx";
import { TargetsSection } from "./sections/team/targets_section.tsx";
import { TeamsSection } from "./sections/team/teams_section.tsx";
import { ChatbotSection } from "./sections/chatbot_section.tsx";
import { DataSection } from "./sections/data_section.tsx";
import { HoursSection } from "./sections/hours_section.tsx";
import { IdentitySection } from "./sections/identity_section.tsx";
import { InstallSection } from "./sections/install_section.tsx";
import { type Notifications, NotificationsSection } from "./sections/notifications_section.tsx";
import type { SectionName } from "./section_list.ts";
import { useSave } from "./state/use_save.ts";

/** One section of the settings, by its name. */
export function EditedSection({ name, notifications }: { name: SectionName; notifications?: Notifications }) {
  switch (name) {
    case "chatbot":
      return (
        <Draft key={name} name={name}>
          <ChatbotSection />
        </Draft>
      );
    case "install":
      return (
        <Draft key={name} name={name}>
          <InstallSection />
        </Draft>
      );
    case "hours":
      return (
        <Draft key={name} name={name}>
          <HoursSection />
        </Draft>
      );
    case "data":
      return (
        <Draft key={name} name={name}>
          <DataSection />
        </Draft>
      );
    case "identity":
      return <IdentitySection />;
    case "notifications":
      return <NotificationsSection notifications={notifications} />;
    case "members":
      return <MembersSection />;
    case "teams":
      return <TeamsSection />;
    case "labels":
      return <LabelsSection />;
    case "canned":
      return <CannedSection />;
    case "assignment":
      return (
        <Draft key={name} name={name}>
          <AssignmentSection />
        </Draft>
      );
    case "targets":
      return (
        <Draft key={name} name={name}>
          <TargetsSection />
        </Draft>
      );
    case "profile":
      return <ProfileSection />;
    case "audit":
      return <AuditSection />;
    case "blocked":
      return <BlockedSection />;
    case "account":
      return <AccountSection />;
    default:
      return name satisfies never;
  }
}

/** A section of the chatbot's own settings: Enter saves. */
function Draft({ name, children }: { name: SectionName; children: ComponentChildren }) {
  const save = useSave(name);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {children}
      <button type="submit" hidden />
    </form>
  );
}
