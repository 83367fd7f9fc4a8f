import Mustache

/// A value on the page: cleaned here, then escaped by the template engine.
struct ShownText: MustacheCustomRenderable, Equatable {
  let renderText: String
  let isNull = false

  init(_ text: String, limit: Int = 2_000) {
    renderText = PlainText.clean(text, limit: limit)
  }
}

/// Markup of our own making, the only thing that a template may set unescaped.
struct Markup: MustacheCustomRenderable {
  let renderText: String
  let isNull = false

  init(_ markup: String) {
    renderText = markup
  }
}
