// The DOM types that playwright-core's types refer to. The real ones contradict Node's types of `fetch`, so they are not loaded.
// Empty types are enough, because the tests evaluate only strings and plain data in a page.
interface Node {}
interface HTMLElement {}
interface SVGElement {}
interface HTMLElementTagNameMap {}
