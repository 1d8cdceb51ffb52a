// What the pages need of mathjs: its parser of formulas, for plain numbers, and nothing else.
import { create, parseDependencies } from "mathjs/number";

export const { parse } = create({ parseDependencies });
