import { type ComponentType, lazy, Suspense } from "react";
import { Link, useLocation, useParams } from "wouter";
import { classesOf } from "../../design/class_names";
import { Icon } from "../../design/icon";
import { useIsNarrow } from "../../design/media";
import { Page } from "../../design/page";
import { Spinner } from "../../design/progress";
import { useText } from "../../design/text";
import { isPageName, pageGroups, pageIcons, type SettingsPageName } from "./pages";
import styles from "./settings.module.css";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

export interface SettingsPageProps {
  /** Given where the page stands alone, as on a phone. */
  readonly onBack?: (() => void) | undefined;
}

const pages: Readonly<Record<SettingsPageName, ComponentType<SettingsPageProps>>> = {
  profile: lazy(() => import("./profile_page").then((module) => ({ default: module.ProfilePage }))),
  devices: lazy(() => import("../devices/devices_page").then((module) => ({ default: module.DevicesPage }))),
  verification: lazy(() => import("./verification_page").then((module) => ({ default: module.VerificationPage }))),
  backup: lazy(() => import("./backup_page").then((module) => ({ default: module.BackupPage }))),
  privacy: lazy(() => import("./privacy_page").then((module) => ({ default: module.PrivacyPage }))),
  notifications: lazy(() => import("./notifications_page").then((module) => ({ default: module.NotificationsPage }))),
  appearance: lazy(() => import("./appearance_page").then((module) => ({ default: module.AppearancePage }))),
  language: lazy(() => import("./language_page").then((module) => ({ default: module.LanguagePage }))),
  storage: lazy(() => import("./storage_page").then((module) => ({ default: module.StoragePage }))),
  about: lazy(() => import("./about_page").then((module) => ({ default: module.AboutPage }))),
};

function PageLinks({ current }: { readonly current: SettingsPageName | null }) {
  const t = useText(settingsText);
  return (
    <nav aria-label={t.nav} className={css("links")}>
      {pageGroups.map(({ group, pages: names }) => (
        <div key={group}>
          <h2 className={css("group_title")}>{t[group]}</h2>
          <ul>
            {names.map((name) => (
              <li key={name}>
                <Link
                  href={`/settings/${name}`}
                  className={css("link")}
                  {...(name === current ? { "aria-current": "page" } : {})}
                >
                  <Icon name={pageIcons[name]} />
                  <span>
                    {t.pages[name]}
                    <span className={css("link_hint")}>{t.hints[name]}</span>
                  </span>
                  <Icon name="chevron_right" size={16} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** The settings: their overview, and beside it or instead of it the page that the address names. */
export function SettingsScreen() {
  const t = useText(settingsText);
  const isNarrow = useIsNarrow();
  const [, navigate] = useLocation();
  const { page: named = "" } = useParams();
  const page = isPageName(named) ? named : null;
  const shown = page ?? (isNarrow ? null : "profile");
  const Shown = shown === null ? null : pages[shown];
  const overview = (
    <Page title={t.title} isPlain>
      <PageLinks current={shown} />
    </Page>
  );
  if (isNarrow) {
    if (Shown === null) return <div className={css("alone")}>{overview}</div>;
    return (
      <div className={css("alone")}>
        <Suspense fallback={<Spinner label={t.loading} />}>
          <Shown onBack={() => navigate("/settings")} />
        </Suspense>
      </div>
    );
  }
  return (
    <div className={css("split")}>
      <div className={css("nav")}>{overview}</div>
      <div className={css("page")}>
        <Suspense fallback={<Spinner label={t.loading} />}>{Shown && <Shown />}</Suspense>
      </div>
    </div>
  );
}
