import { Component, type ComponentChildren } from "preact";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

interface ErrorBoundaryProps {
  children: ComponentChildren;
  /** A change of this value resets the boundary. */
  about?: string;
}

/** Error boundary: a fault in one part of the page leaves the others working. Drafts are kept outside of it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ error });
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (before.about !== this.props.about && this.state.error !== undefined) {
      this.setState({ error: undefined });
    }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div class="notice-page" role="alert">
        <h2>{say("broken_title")}</h2>
        <p>{say("broken_text")}</p>
        <Button kind="main" onClick={() => location.reload()}>{say("reload")}</Button>
      </div>
    );
  }
}
