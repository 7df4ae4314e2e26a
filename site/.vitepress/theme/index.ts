import { useData, type Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { h } from "vue";
import Changelog from "./Changelog.vue";
import TryIt from "./TryIt.vue";
import "./style.css";

/** Shows the footer of the site below each page: the default theme shows it only on pages without a sidebar. */
function Layout() {
  const { theme } = useData<{ footer: { message: string; copyright: string } }>();
  const { message, copyright } = theme.value.footer;
  return h(DefaultTheme.Layout, null, {
    "doc-after": () =>
      h("aside", { class: "site-footer", "aria-label": "Version" }, `${message} ${copyright}`),
  });
}

// oxlint-disable-next-line import/no-default-export -- VitePress reads the default export
export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => void app.component("TryIt", TryIt).component("Changelog", Changelog),
} satisfies Theme;
