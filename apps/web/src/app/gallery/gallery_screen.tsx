import { useState } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { Select, SelectItem } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { ComponentGallery, GallerySection } from "../../design/gallery/component_gallery";
import { Page } from "../../design/page";
import { setLanguage, useLanguage } from "../../design/text";
import { accents, setAppearance, themeChoices, useAppearance } from "../../design/theme";
import { EngineProvider } from "../../engine/session";
import { ListRoutes, MainRoutes } from "../routes";
import styles from "./gallery_screen.module.css";
import { sampleClient } from "./sample_client";

const css = classesOf(styles);

function Tools() {
  const { theme, accent } = useAppearance();
  const language = useLanguage();
  return (
    <div className={css("tools")}>
      <Select label="Theme" value={theme} onChange={(chosen) => setAppearance({ theme: chosen })}>
        {themeChoices.map((one) => (
          <SelectItem key={one} id={one}>
            {one}
          </SelectItem>
        ))}
      </Select>
      <Select label="Accent" value={accent} onChange={(chosen) => setAppearance({ accent: chosen })}>
        {accents.map((one) => (
          <SelectItem key={one} id={one}>
            {one}
          </SelectItem>
        ))}
      </Select>
      <Select label="Language" value={language} onChange={setLanguage}>
        <SelectItem id="en">English</SelectItem>
        <SelectItem id="de">Deutsch</SelectItem>
      </Select>
    </div>
  );
}

/** The list and a conversation, with a client that knows a few people and no engine. */
function Shells() {
  const [client] = useState(sampleClient);
  const [{ hook }] = useState(() => memoryLocation({ path: "/c/ben" }));
  return (
    <GallerySection title="List and conversation">
      <EngineProvider client={client}>
        <Router hook={hook}>
          <div className={css("frames")}>
            <div className={css("frame", "phone")}>
              <ListRoutes />
            </div>
            <div className={css("frame", "wide")}>
              <MainRoutes />
            </div>
          </div>
        </Router>
      </EngineProvider>
    </GallerySection>
  );
}

/** The components in all their states, and screens with samples. Development only. */
export function GalleryScreen() {
  return (
    <main className={css("page")}>
      <Page title="Gallery">
        <Tools />
        <Shells />
        <ComponentGallery />
      </Page>
    </main>
  );
}
