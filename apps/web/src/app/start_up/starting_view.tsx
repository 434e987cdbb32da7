import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { Mark } from "../../design/wordmark";
import { WelcomePage } from "../../features/onboarding/welcome_page";
import styles from "./start_up.module.css";
import { startUpText } from "./start_up_text";

const css = classesOf(styles);

/** What a browser without an account leads to its first page. */
const firstPaths: ReadonlySet<string> = new Set(["/", "/start"]);

/**
 * While the home is opened. Where there was an account, the empty shell; where there was none, how the first page
 * begins; on the way from one to the other, the mark alone.
 */
export function StartingView({ hadAccount }: { readonly hadAccount: boolean }) {
  const t = useText(startUpText);
  const { pathname } = window.location;
  if (!hadAccount && firstPaths.has(pathname)) {
    return (
      <WelcomePage>
        <p className={css("slow")}>{t.slow}</p>
      </WelcomePage>
    );
  }
  if (!hadAccount || pathname.startsWith("/start")) {
    return (
      <main className={css("page")} aria-busy="true">
        <span className={css("mark", "breathing")}>
          <Mark size={64} />
        </span>
        <h1 className="visually_hidden">{t.opening}</h1>
        <p className={css("slow")}>{t.slow}</p>
      </main>
    );
  }
  return (
    <main className={css("skeleton")} aria-busy="true">
      <h1 className="visually_hidden">{t.opening}</h1>
      <div className={css("skeleton_rail")}>
        <Mark size={34} />
      </div>
      <div className={css("skeleton_list")}>
        {[1, 2, 3, 4, 5].map((row) => (
          <span key={row} className={css("skeleton_row")}>
            <i />
            <i />
            <i />
          </span>
        ))}
      </div>
      <div className={css("skeleton_main")}>
        <p className={css("slow")}>{t.slow}</p>
      </div>
    </main>
  );
}
