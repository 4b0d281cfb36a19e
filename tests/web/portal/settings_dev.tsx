import { render } from "preact";
import { LocationProvider, Route, Router, useLocation } from "preact-iso";
import { SettingsPage } from "../../../web/portal/settings/settings_page.tsx";

// deno-lint-ignore no-explicit-any
const told = globalThis as any;

function Page({ section }: { section?: string }) {
  const { route } = useLocation();
  return (
    <SettingsPage
      session={{ username: told.username }}
      section={section}
      go={route}
      onSignedOut={() => told.isSignedOut = true}
      notifications={{
        sound: { isOn: true, set: (on) => on },
        desktop: { isOn: false, set: () => false },
      }}
    />
  );
}

render(
  <LocationProvider>
    <main>
      <Router>
        <Route path="/messages/settings" component={Page} />
        <Route path="/messages/settings/:section" component={Page} />
        <Route default component={() => <p>Elsewhere</p>} />
      </Router>
      <a href="/messages" id="inbox">Inbox</a>
    </main>
  </LocationProvider>,
  document.body,
);
