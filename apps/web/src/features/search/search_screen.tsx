import { type KeyboardEvent, useId, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { EmptyState } from "../../design/empty_state";
import { Icon } from "../../design/icon";
import { Page } from "../../design/page";
import { Spinner } from "../../design/spinner";
import { useText } from "../../design/text";
import { SearchField } from "../../design/text_field";
import { useClient } from "../../engine/client_context";
import { conversationListText } from "../conversation_list/conversation_list_text";
import { nameOf } from "../conversation_list/conversation_rows";
import { useConversation } from "../conversation_list/conversations_store";
import styles from "./search.module.css";
import { SearchFilters } from "./search_filters";
import { countFilters } from "./search_query";
import { SearchResults } from "./search_results";
import { searchText } from "./search_text";
import { forgetSearches, recentSearches, SearchModel, type SearchSnapshot } from "./search_view_model";

const css = classesOf(styles);

/** "/search", or "/search?in=conversation": messages on this device, by words and filters. */
export function SearchScreen() {
  const [parameters] = useSearchParams();
  const conversation = parameters.get("in") ?? "";
  // Another conversation is another search.
  return <Search key={conversation} conversation={conversation} />;
}

function Search({ conversation }: { readonly conversation: string }) {
  const t = useText(searchText);
  const names = useText(conversationListText);
  const client = useClient();
  const [, navigate] = useLocation();
  const model = useMemo(() => new SearchModel(client, conversation), [client, conversation]);
  const snapshot = useSyncExternalStore(model.subscribe, model.getSnapshot);
  const known = useConversation(conversation);
  const title = known === undefined ? t.title : t.titleIn(nameOf(known, names));
  const results = useRef<HTMLDivElement>(null);
  const goDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    results.current?.querySelector<HTMLElement>("a[href]")?.focus();
  };
  return (
    <Page title={title} onBack={() => navigate(conversation === "" ? "/" : `/c/${conversation}`)}>
      {/* biome-ignore lint/a11y/useSemanticElements: the element is too new for some screen readers. */}
      <div role="search" className={css("search")}>
        <SearchField
          label={t.field}
          value={snapshot.query.words}
          onChange={(words) => model.change({ words })}
          onKeyDown={goDown}
          autoFocus
          autoComplete="off"
        />
        <Filters model={model} snapshot={snapshot} isWithin={conversation !== ""} />
      </div>
      <div ref={results} className={css("results")}>
        <Outcome model={model} snapshot={snapshot} />
      </div>
    </Page>
  );
}

interface PartProps {
  readonly model: SearchModel;
  readonly snapshot: SearchSnapshot;
}

function Filters({ model, snapshot, isWithin }: PartProps & { readonly isWithin: boolean }) {
  const t = useText(searchText);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const count = countFilters(snapshot.query) - (isWithin && snapshot.query.conversation !== "" ? 1 : 0);
  return (
    <>
      <div className={css("filter_bar")}>
        <Button
          size="s"
          variant="quiet"
          icon="filter"
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setOpen(!isOpen)}
        >
          {count === 0 ? t.filters : t.filtersOn(count)}
        </Button>
        {count > 0 && (
          <Button
            size="s"
            variant="quiet"
            icon="close"
            onPress={() =>
              model.change({ sender: "", kind: "any", from: "", until: "", ...(isWithin ? {} : { conversation: "" }) })
            }
          >
            {t.reset}
          </Button>
        )}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && <SearchFilters query={snapshot.query} isWithin={isWithin} onChange={(some) => model.change(some)} />}
      </div>
    </>
  );
}

function Outcome({ model, snapshot }: PartProps) {
  const t = useText(searchText);
  const { state, found } = snapshot;
  if (state === "idle") return <Beginning model={model} />;
  if (state === "failed") return <EmptyState icon="error" title={t.failed} text={t.noneText} />;
  if (found.length > 0) return <SearchResults model={model} snapshot={snapshot} />;
  if (state === "searching") return <Spinner label={t.searching} size={24} />;
  return (
    <div role="status">
      <EmptyState icon="search" title={t.noneTitle} text={t.noneText} />
    </div>
  );
}

/** Before anything is typed: what was looked for before, and how the search works. */
function Beginning({ model }: { readonly model: SearchModel }) {
  const t = useText(searchText);
  const [recent, setRecent] = useState(recentSearches);
  if (recent.length === 0) return <p className={css("hint")}>{t.hint}</p>;
  return (
    <section className={css("recent")} aria-labelledby="recent-searches">
      <div className={css("group_head")}>
        <h2 id="recent-searches">{t.recent}</h2>
        <Button
          size="s"
          variant="quiet"
          onPress={() => {
            forgetSearches();
            setRecent([]);
          }}
        >
          {t.forget}
        </Button>
      </div>
      <ul className={css("entries")}>
        {recent.map((words) => (
          <li key={words}>
            <button type="button" className={css("recent_words")} onClick={() => model.change({ words })}>
              <Icon name="history" size={18} />
              {words}
            </button>
          </li>
        ))}
      </ul>
      <p className={css("hint")}>{t.recentHint}</p>
    </section>
  );
}
