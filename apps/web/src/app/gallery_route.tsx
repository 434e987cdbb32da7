import { type ComponentType, lazy } from "react";
import { NotFound } from "./shell/not_found";

/** The gallery of the components, which only development has. */
export const GalleryScreen: ComponentType = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import("./gallery/gallery_screen")).GalleryScreen }))
  : NotFound;
