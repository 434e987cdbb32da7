import { useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useLanguage, watchLanguage } from "../design/text";
import { watchAppearance } from "../design/theme";
import { ToastRegion } from "../design/toast";
import { EngineProvider } from "../engine/session";
import { ErrorBoundary } from "./shell/error_boundary";
import { Shell } from "./shell/shell";
import { StartUp } from "./start_up/start_up";

/** The whole app. */
export function App() {
  const language = useLanguage();
  useEffect(watchLanguage, []);
  useEffect(watchAppearance, []);
  return (
    <I18nProvider locale={language}>
      <ErrorBoundary>
        <StartUp>
          {(client) => (
            <EngineProvider client={client}>
              <Shell />
            </EngineProvider>
          )}
        </StartUp>
      </ErrorBoundary>
      <ToastRegion />
    </I18nProvider>
  );
}
