import { Component, type ReactNode } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { appText } from "../app_text";
import styles from "./error_boundary.module.css";

const css = classesOf(styles);

export interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** When it changes, what is inside is tried again: another address, another conversation. */
  readonly resetKey?: string;
  /** What broke is left out without a word: it was an extra. */
  readonly isQuiet?: boolean;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
  readonly resetKey: string | undefined;
}

/** Keeps a broken part from taking the rest with it. Reports nothing anywhere: an error may hold what was written. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    if (this.props.isQuiet) return null;
    return <CrashNotice error={this.state.error} onAgain={() => this.setState({ error: null })} />;
  }
}

/** A chunk of an older build that the server no longer has. */
function isStale(error: Error): boolean {
  return /dynamically imported module|Importing a module script failed|preload CSS/i.test(error.message);
}

function CrashNotice({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const t = useText(appText);
  const stale = isStale(error);
  return (
    <div role="alert" className={css("crash")}>
      <h2 className={css("title")}>{t.crashTitle}</h2>
      <p className={css("text")}>{stale ? t.crashStale : t.crashText}</p>
      <div className={css("actions")}>
        {!stale && <Button onPress={onAgain}>{t.crashAgain}</Button>}
        <Button variant="primary" icon="refresh" onPress={() => window.location.reload()}>
          {t.crashReload}
        </Button>
      </div>
      {!stale && (
        <details className={css("details")}>
          <summary>{t.crashDetails}</summary>
          <pre>{`${error.name}: ${error.message}`}</pre>
        </details>
      )}
    </div>
  );
}
