import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Worlds

/// The pages for a customer's administrators, and for the engineers who run its deployment: plain
/// forms, without a script. What they do is what the admin API does.
struct Dashboard: Sendable {
  let settings: OrchestratorConfiguration.Dashboard
  let tenants: [String: OrchestratorConfiguration.Tenant]
  let accounts: Accounts
  let sessions: Sessions
  let signIns: SignInGuard
  let cookies: Cookies
  let keys: KeyAdministration
  let documents: DocumentAdministration
  let audit: AuditLog
  let notifications: Notifications
  let money: AdminMoney
  let feedback: FeedbackStore
  let statistics: MessageStatistics
  let messages: MessageStore
  let diagnostics: any Diagnostics
  let recentLog: RecentLog
  let templates: PageTemplates
  let clock: any WorldClock
  let startedAt: Timestamp

  typealias Session = Sessions.Session
  typealias Page = @Sendable (Request, ServerContext, Session) async throws -> Response
  typealias Action = @Sendable (FormBody, ServerContext, Session) async throws -> Response

  func addRoutes(to router: Router<ServerContext>) {
    let pages = router.group("/dashboard")
    pages.get("style.css") { _, _ in Self.styleSheet }
    pages.get("sign-in") { request, _ in signInPage(request) }
    pages.post("sign-in") { request, _ in try await signIn(request) }
    pages.post("sign-out", use: action(nil, signOut))
    pages.get("", use: page(nil) { _, _, session in Self.seeOther(Self.home(of: session)) })
    pages.get("key", use: page(.admin, keyPage))
    pages.post("key", use: action(.admin, replaceKey))
    pages.post("key/check", use: action(.admin, checkKey))
    pages.post("key/remove", use: action(.admin, removeKey))
    pages.get("knowledge", use: page(.admin, knowledgePage))
    pages.post("knowledge/:base", use: action(.admin, putDocument))
    pages.post("knowledge/:base/remove", use: action(.admin, removeDocument))
    pages.get("people", use: page(.admin, peoplePage))
    pages.get("usage", use: page(.admin, usagePage))
    pages.get("feedback", use: page(.admin, feedbackPage))
    pages.get("invoices", use: page(.admin, invoicesPage))
    pages.get("notifications", use: page(.admin, notificationsPage))
    pages.get("audit", use: page(.admin, auditPage))
    pages.get("deployment", use: page(.engineer, statusPage))
    pages.get("deployment/configuration", use: page(.engineer, configurationPage))
    pages.get("deployment/log", use: page(.engineer, logPage))
  }

  static func home(of session: Session) -> String {
    switch session.account.role {
    case .admin: "/dashboard/key"
    case .engineer: "/dashboard/deployment"
    }
  }

  /// - Parameter role: nil for whoever is signed in.
  private func page(
    _ role: Accounts.Role?,
    _ page: @escaping Page
  ) -> @Sendable (Request, ServerContext) async throws -> Response {
    { request, context in
      guard let session = try session(in: request) else {
        return Self.seeOther("/dashboard/sign-in")
      }
      guard role == nil || role == session.account.role else { return refusal(of: session) }
      return try await page(request, context, session)
    }
  }

  /// As `page`, for forms: each must carry the token of the page that it stood on.
  private func action(
    _ role: Accounts.Role?,
    _ action: @escaping Action
  ) -> @Sendable (Request, ServerContext) async throws -> Response {
    { request, context in
      guard let session = try session(in: request) else {
        return Self.seeOther("/dashboard/sign-in")
      }
      guard let form = try await Self.form(in: request, upTo: documents.limits.documentBytes * 3)
      else { return message(.badRequest, "Not a form", "This form could not be read.", session) }
      guard session.token.accepts(formToken: form["form"]) else {
        return message(
          .forbidden,
          "Not from this page",
          "This form did not come from a page of yours. Nothing was done; please go back and try "
            + "again.",
          session
        )
      }
      guard role == nil || role == session.account.role else { return refusal(of: session) }
      return try await action(form, context, session)
    }
  }

  private func session(in request: Request) throws -> Session? {
    guard let token = cookies.session(in: request), let session = try sessions.session(token),
      tenants[session.tenant] != nil
    else { return nil }
    return session
  }

  /// Nil when the body is no form.
  static func form(in request: Request, upTo limit: Int) async throws -> FormBody? {
    guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true
    else { return nil }
    let body = try await request.body.collect(upTo: limit)
    return FormBody(Array(body.readableBytesView))
  }

  private func refusal(of session: Session) -> Response {
    message(
      .forbidden,
      "Not for your role",
      "Your account (\(session.account.role.rawValue)) has no access to this.",
      session
    )
  }
}
