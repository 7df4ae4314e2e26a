import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import Changelog from "./Changelog.vue";
import TryIt from "./TryIt.vue";
import "./style.css";

// oxlint-disable-next-line import/no-default-export -- VitePress reads the default export
export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => void app.component("TryIt", TryIt).component("Changelog", Changelog),
} satisfies Theme;
