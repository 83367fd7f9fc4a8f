import HTTPTypes
import Hummingbird
import NIOCore

extension Dashboard {
  private static let adminTabs = [
    ("Key", "/dashboard/key"), ("Knowledge", "/dashboard/knowledge"),
    ("People", "/dashboard/people"), ("Usage", "/dashboard/usage"),
    ("Feedback", "/dashboard/feedback"), ("Invoices", "/dashboard/invoices"),
    ("Notifications", "/dashboard/notifications"), ("Audit log", "/dashboard/audit"),
  ]
  private static let engineerTabs = [
    ("Status", "/dashboard/deployment"),
    ("Configuration", "/dashboard/deployment/configuration"),
    ("Log", "/dashboard/deployment/log"),
  ]

  /// A page of somebody who is signed in.
  func page(
    _ title: String,
    at path: String,
    _ template: String,
    _ view: Any,
    _ session: Session,
    notice: PageNotice? = nil,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let tabs = session.account.role == .admin ? Self.adminTabs : Self.engineerTabs
    let organization = tenants[session.tenant]?.name ?? session.tenant
    // Where the record cannot be read, the page itself is still worth having.
    let summary = try? keys.summary(of: session.tenant)
    return page(
      LayoutView(
        title: title,
        organization: organization,
        person: .init(
          organization: organization,
          name: session.account.name,
          role: session.account.role.rawValue,
          form: session.token.formToken,
          tabs: tabs.map { .init(label: $0.0, path: $0.1, isHere: $0.1 == path) }
        ),
        isPaused: summary?.state == .rejected,
        notice: notice,
        content: RenderedMarkup(renderText: templates.render(template, view))
      ),
      status
    )
  }

  func page(_ view: LayoutView, _ status: HTTPResponse.Status) -> Response {
    Response(
      status: status,
      headers: Self.protection.merging([.contentType: "text/html; charset=utf-8"]),
      body: ResponseBody(byteBuffer: ByteBuffer(string: templates.render("layout", view)))
    )
  }

  private struct MessageView {
    var title: String
    var words: String
  }

  func message(
    _ status: HTTPResponse.Status,
    _ title: String,
    _ words: String,
    _ session: Session
  ) -> Response {
    let view = MessageView(title: title, words: words)
    return page(title, at: "", "message", view, session, status: status)
  }

  /// After a form: a page of its own address, so that going back or forth repeats nothing.
  static func seeOther(_ path: String, cookies: [String] = []) -> Response {
    var headers = protection
    headers[.location] = path
    for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return Response(status: .seeOther, headers: headers)
  }

  static var styleSheet: Response {
    var headers = protection
    headers[.contentType] = "text/css; charset=utf-8"
    headers[.cacheControl] = "public, max-age=3600"
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: StyleSheet.text))
    )
  }

  /// No script at all, style from here alone, in nobody's frame, kept in no cache.
  private static var protection: HTTPFields {
    var headers: HTTPFields = [
      .cacheControl: "no-store",
      .contentSecurityPolicy: "default-src 'none'; style-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'",
      .xContentTypeOptions: "nosniff",
    ]
    for (name, value) in [
      ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return headers
  }
}

extension HTTPFields {
  fileprivate func merging(_ others: HTTPFields) -> HTTPFields {
    var merged = self
    for field in others { merged[field.name] = field.value }
    return merged
  }
}
