import Hummingbird
import Worlds

extension Dashboard {
  @Sendable
  func knowledgePage(
    _ request: Request,
    _: ServerContext,
    _ session: Session
  ) throws -> Response {
    let tenant = tenants[session.tenant]
    let form = session.token.formToken
    let bases = try (tenant?.bases ?? []).map { base in
      let documents = try documents.documents(in: base, of: session.tenant)
      return KnowledgeView.Base(
        name: base,
        form: form,
        documents: documents.map { Self.view(of: $0, form: form) },
        hasDocuments: !documents.isEmpty
      )
    }
    let departments = (tenant?.departments ?? []).map {
      KnowledgeView.Department(name: $0.id, bases: $0.knowledge.sorted().joined(separator: ", "))
    }
    return page(
      "Departments and knowledge",
      at: "/dashboard/knowledge",
      "knowledge",
      KnowledgeView(departments: departments, bases: bases),
      session,
      notice: Self.knowledgeNotice(request.uri.queryParameters["result"].map(String.init))
    )
  }

  @Sendable
  func putDocument(
    _ form: FormBody,
    _ context: ServerContext,
    _ session: Session
  ) async throws -> Response {
    let text = (form["text"] ?? "").replacing("\r\n", with: "\n")
    guard !text.trimmed.isEmpty else { return Self.knowledgeResult("empty") }
    guard text.utf8.count <= documents.limits.documentBytes else {
      return Self.knowledgeResult("large")
    }
    do {
      let (summary, _) = try await documents.put(
        text,
        named: form["name"]?.trimmed ?? "",
        in: context.parameters.get("base") ?? "",
        of: session.tenant,
        by: session.account.name
      )
      return Self.knowledgeResult(summary.state == .indexed ? "saved" : "pending")
    } catch let refusal as DocumentAdministration.Refusal {
      return Self.knowledgeResult("\(refusal)")
    }
  }

  @Sendable
  func removeDocument(
    _ form: FormBody,
    _ context: ServerContext,
    _ session: Session
  ) throws -> Response {
    do {
      try documents.remove(
        form["name"] ?? "",
        in: context.parameters.get("base") ?? "",
        of: session.tenant,
        by: session.account.name
      )
      return Self.knowledgeResult("removed")
    } catch let refusal as DocumentAdministration.Refusal {
      return Self.knowledgeResult("\(refusal)")
    }
  }

  private static func knowledgeResult(_ code: String) -> Response {
    seeOther("/dashboard/knowledge?result=\(code)")
  }

  private static func knowledgeNotice(_ result: String?) -> PageNotice? {
    switch result {
    case "saved": PageNotice(.good, "The document is saved, and found from now on.")
    case "pending":
      PageNotice(.warn, "The document is saved, and found as soon as the provider can be asked.")
    case "removed": PageNotice(.good, "The document is removed, and found no more.")
    case "empty": PageNotice(.bad, "A document needs a text.")
    case "large": PageNotice(.bad, "This text is too large.")
    case "badName":
      PageNotice(.bad, "A name has 1 to 200 characters, without '/' and control characters.")
    case "baseFull": PageNotice(.bad, "This knowledge base is full.")
    case "unknownBase", "unknownDocument":
      PageNotice(.bad, "There is no such document or knowledge base.")
    default: nil
    }
  }

  private static func view(of summary: DocumentSummary, form: String) -> KnowledgeView.Document {
    KnowledgeView.Document(
      base: summary.base,
      form: form,
      name: summary.name,
      title: summary.title,
      size: summary.bytes < 10_000 ? "\(summary.bytes) B" : "\(summary.bytes / 1_000) kB",
      chunks: "\(summary.chunks)",
      state: summary.state == .indexed ? "found" : "waits for the provider"
    )
  }
}
