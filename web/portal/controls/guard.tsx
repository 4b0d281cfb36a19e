import { Component, type ComponentChildren } from "preact";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

interface GuardProps {
  children: ComponentChildren;
  /** A change of this is another chance. */
  about?: string;
}

/** Keeps a fault in one part of the page from the others. What is being written is kept outside of it. */
export class Guard extends Component<GuardProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ error });
  }

  override componentDidUpdate(before: GuardProps) {
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
