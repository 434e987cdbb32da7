import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from "react";
import { Redirect, useLocation } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useIsNarrow } from "../../design/media";
import { useText } from "../../design/text";
import { useSession } from "../../engine/session";
import { appText } from "../app_text";
import { isPaletteOpen, subscribePalette } from "../palette/palette_state";
import { frontPane, type Pane, type Place, placeOf } from "../place";
import { FullRoutes, ListRoutes, MainRoutes, SideRoutes } from "../routes";
import { useAppShortcuts } from "../shortcuts/app_shortcuts";
import { hadAccount, rememberAccount } from "../start_up/known_account";
import { StartingView } from "../start_up/starting_view";
import { ConnectionBar } from "./connection_bar";
import { ErrorBoundary } from "./error_boundary";
import { Navigation } from "./navigation";
import { usePageTitle } from "./page_title";
import { useFocusAfterNavigation } from "./pane_focus";
import styles from "./shell.module.css";

const css = classesOf(styles);
const Palette = lazy(() => import("../palette/palette").then((module) => ({ default: module.Palette })));
const SecurityNotices = lazy(() =>
  import("../../features/security/security_notices").then((module) => ({ default: module.SecurityNotices })),
);
const RecoveryReminder = lazy(() =>
  import("../../features/recovery/recovery_reminder").then((module) => ({ default: module.RecoveryReminder })),
);
const ShortcutsDialog = lazy(() =>
  import("../shortcuts/shortcuts_dialog").then((module) => ({ default: module.ShortcutsDialog })),
);

/** Everything that a person sees: the panes, or what stands before there is an account. */
export function Shell() {
  const [path] = useLocation();
  const session = useSession();
  const place = placeOf(path);
  useEffect(() => {
    if (session.state !== "starting") rememberAccount(session.state === "logged_in" || session.state === "logged_out");
  }, [session.state]);
  if (place.layout === "full") return <FullWindow path={path} />;
  switch (session.state) {
    case "starting":
      return <StartingView hadAccount={hadAccount()} />;
    case "empty":
    case "registering":
      // The secret of an invitation stands in the fragment: it has to come along.
      return place.main === "join" ? (
        <FullWindow path={path} />
      ) : (
        <Redirect to={`/start${window.location.hash}`} replace />
      );
    case "logged_out":
    case "logged_in":
      return <Panes path={path} place={place} isSignedOut={session.state === "logged_out"} />;
  }
}

function FullWindow({ path }: { readonly path: string }) {
  return (
    <ErrorBoundary resetKey={path}>
      <FullRoutes />
    </ErrorBoundary>
  );
}

interface PanesProps {
  readonly path: string;
  readonly place: Place;
  readonly isSignedOut: boolean;
}

function Panes({ path, place, isSignedOut }: PanesProps) {
  const isNarrow = useIsNarrow();
  const front = frontPane(place);
  const t = useText(appText);
  usePageTitle(place);
  useFocusAfterNavigation(path);
  const shortcuts = useAppShortcuts(place);
  // On a phone the pane in front is the page's main part, whichever it is.
  const asMain = isNarrow ? { role: "main" } : {};
  const pane = (name: Pane) => ({
    "data-pane": name,
    "data-front": name === front,
    inert: isNarrow && name !== front,
    tabIndex: -1,
  });
  return (
    <div className={css("shell")} data-layout={place.layout}>
      <button type="button" className={css("skip")} onClick={skipToMain}>
        {t.skip}
      </button>
      <div className={css("bar")}>
        {isSignedOut ? <SignedOutBar /> : <ConnectionBar />}
        <Quietly>
          <SecurityNotices />
        </Quietly>
      </div>
      <div className={css("rail")}>
        <Navigation place={place} />
      </div>
      {place.layout === "panes" && (
        // biome-ignore lint/a11y/useSemanticElements: a section on a wide window, the main part on a phone.
        <div {...pane("list")} role="region" aria-label={t.listPane} {...asMain} className={css("pane", "list")}>
          {place.list === "conversations" && (
            <Quietly>
              <div className={css("reminder")}>
                <RecoveryReminder />
              </div>
            </Quietly>
          )}
          <ErrorBoundary>
            <ListRoutes />
          </ErrorBoundary>
        </div>
      )}
      <main {...pane("main")} id="main" className={css("pane", "main")}>
        <ErrorBoundary resetKey={place.conversation || path}>
          <MainRoutes />
        </ErrorBoundary>
      </main>
      {place.side !== "none" && (
        // An aside cannot be the main part, which it is on a phone.
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div {...pane("side")} role="complementary" aria-label={t.sidePane} {...asMain} className={css("pane", "side")}>
          <ErrorBoundary resetKey={path}>
            <SideRoutes />
          </ErrorBoundary>
        </div>
      )}
      <Overlays shortcuts={shortcuts} />
    </div>
  );
}

/** For what is not awaited: it appears when it is there, and when it breaks it is left out. */
function Quietly({ children }: { readonly children: ReactNode }) {
  return (
    <ErrorBoundary isQuiet>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** A button and not a link to a fragment, which would be one more step back. */
function skipToMain(): void {
  document.querySelector<HTMLElement>("[data-pane=main]:not([inert]), [data-pane][data-front=true]")?.focus();
}

function SignedOutBar() {
  const [, navigate] = useLocation();
  const t = useText(appText);
  return (
    <Banner
      tone="warning"
      isBar
      action={
        <Button size="s" variant="primary" onPress={() => navigate("/start/sign-in")}>
          {t.signIn}
        </Button>
      }
    >
      {t.signedOutBar}
    </Banner>
  );
}

function Overlays({ shortcuts }: { readonly shortcuts: ReturnType<typeof useAppShortcuts> }) {
  const palette = useSyncExternalStore(subscribePalette, isPaletteOpen);
  return (
    <Suspense fallback={null}>
      {palette && <Palette onShowShortcuts={shortcuts.showHelp} />}
      {shortcuts.isHelpShown && <ShortcutsDialog onClose={shortcuts.hideHelp} />}
    </Suspense>
  );
}
