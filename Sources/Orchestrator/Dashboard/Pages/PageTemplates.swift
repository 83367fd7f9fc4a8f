import Mustache

/// The pages' templates. Every value is escaped by the template engine; only what it has rendered
/// itself stands in another page unescaped.
struct PageTemplates: Sendable {
  private let library: MustacheLibrary

  /// Parsed once, when the first program of a process starts: they are constants.
  static let parsed = Result { try PageTemplates() }

  private init() throws {
    library = MustacheLibrary(templates: [
      "layout": try MustacheTemplate(string: LayoutTemplate.text),
      "sign-in": try MustacheTemplate(string: LayoutTemplate.signIn),
      "message": try MustacheTemplate(string: LayoutTemplate.message),
      "key": try MustacheTemplate(string: KeyTemplate.text),
      "knowledge": try MustacheTemplate(string: KnowledgeTemplate.text),
      "people": try MustacheTemplate(string: RecordTemplates.people),
      "usage": try MustacheTemplate(string: RecordTemplates.usage),
      "feedback": try MustacheTemplate(string: FeedbackTemplate.text),
      "invoices": try MustacheTemplate(string: RecordTemplates.invoices),
      "notifications": try MustacheTemplate(string: RecordTemplates.notifications),
      "audit": try MustacheTemplate(string: RecordTemplates.audit),
      "status": try MustacheTemplate(string: DeploymentTemplates.status),
      "configuration": try MustacheTemplate(string: DeploymentTemplates.configuration),
      "log": try MustacheTemplate(string: DeploymentTemplates.log),
    ])
  }

  func render(_ name: String, _ view: Any) -> String {
    library.render(view, withTemplate: name) ?? ""
  }
}

/// Markup that a template has rendered.
struct RenderedMarkup: MustacheCustomRenderable {
  let renderText: String
  let isNull = false
}
