import { openEngine } from "./open_engine";
import { StartUpModel } from "./start_up_model";

/** One for the page: opening the home twice would wait for itself. */
export const startOfPage = new StartUpModel({ open: openEngine });
