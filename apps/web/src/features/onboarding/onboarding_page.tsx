import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { classesOf } from "../../design/class_names";
import { Icon, type IconName } from "../../design/icon";
import { useText } from "../../design/text";
import { Wordmark } from "../../design/wordmark";
import styles from "./onboarding_page.module.css";
import { onboardingText } from "./onboarding_text";

const css = classesOf(styles);

export interface OnboardingPageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Where "Back" leads; absent where there is no way back. */
  readonly backTo?: string | undefined;
  readonly onBack?: (() => void) | undefined;
  /** Which of how many steps. */
  readonly step?: readonly [now: number, all: number] | undefined;
  readonly isWide?: boolean;
  /** More is to come by itself. */
  readonly isBusy?: boolean;
  readonly foot?: ReactNode;
  readonly children?: ReactNode;
}

/** One sheet before somebody has an account, or on the way there. Its title gets the focus, so that it is read out. */
export function OnboardingPage(props: OnboardingPageProps) {
  const { title, lead, backTo, onBack, step, isWide = false, isBusy = false, foot, children } = props;
  const t = useText(onboardingText);
  const heading = useRef<HTMLHeadingElement>(null);
  const stepNow = step?.[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step or title is a new sheet to a screen reader
  useEffect(() => {
    // A field that asked for the focus keeps it.
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [title, stepNow]);
  return (
    <main className={css("page")} aria-busy={isBusy}>
      <div className={css("brand", isWide && "wide")}>
        <Wordmark />
        {backTo !== undefined && (
          <Link href={backTo} {...(onBack ? { onClick: onBack } : {})}>
            {t.back}
          </Link>
        )}
      </div>
      <section className={css("sheet", isWide && "wide")}>
        <header className={css("head")}>
          {step && <p className={css("step")}>{t.step(step[0], step[1])}</p>}
          <h1 ref={heading} tabIndex={-1} className={css("title")}>
            {title}
          </h1>
          {lead && <p className={css("lead")}>{lead}</p>}
        </header>
        {children}
        {foot && <footer className={css("foot")}>{foot}</footer>}
      </section>
    </main>
  );
}

export interface WayProps {
  readonly to: string;
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly isFirst?: boolean;
}

/** One of several ways to go on: a large link with its explanation. */
export function Way({ to, icon, title, hint, isFirst = false }: WayProps) {
  return (
    <li>
      <Link href={to} className={css("way", isFirst && "way_first")}>
        <span className={css("way_icon")}>
          <Icon name={icon} />
        </span>
        <span>
          <span className={css("way_title")}>{title}</span>
          <span className={css("way_hint")}>{hint}</span>
        </span>
        <Icon name="chevron_right" className={css("way_arrow")} />
      </Link>
    </li>
  );
}

/** A form whose fields stand below each other. Enter submits. */
export function OnboardingForm({
  onSubmit,
  children,
}: {
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      className={css("form")}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

export function OnboardingButtons({ children }: { readonly children: ReactNode }) {
  return <div className={css("buttons")}>{children}</div>;
}

export function Ways({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul aria-label={label} className={css("ways")}>
      {children}
    </ul>
  );
}
