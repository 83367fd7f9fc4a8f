import HTTPTypes
import Hummingbird
import Secrets
import Worlds

extension Dashboard {
  private struct SignInView {
    var form: String
  }

  /// Gives the form, and the cookie without which it is not taken: no other site can sign somebody
  /// in to an account of its own.
  func signInPage(_ request: Request) -> Response {
    let token = cookies.signIn(in: request) ?? AccessToken()
    var response = page(
      LayoutView(
        title: "Sign in",
        organization: nil,
        person: nil,
        notice: Self.signInNotice(request.uri.queryParameters["problem"].map(String.init)),
        content: RenderedMarkup(
          renderText: templates.render("sign-in", SignInView(form: token.formToken))
        )
      ),
      .ok
    )
    response.headers[.setCookie] = cookies.setting(signIn: token)
    return response
  }

  func signIn(_ request: Request) async throws -> Response {
    guard let form = try await Self.form(in: request, upTo: 1 << 14),
      let token = cookies.signIn(in: request), token.accepts(formToken: form["form"])
    else { return Self.seeOther("/dashboard/sign-in?problem=form") }
    let tenant = form["organization"]?.trimmed ?? ""
    let name = form["account"]?.trimmed ?? ""
    // Nothing is noted of organizations that there are none of: strangers cannot fill the file.
    guard tenants[tenant] != nil, Accounts.mayBeName(name) else {
      return Self.seeOther("/dashboard/sign-in?problem=refused")
    }
    guard try signIns.mayTry(name, of: tenant) else {
      return Self.seeOther("/dashboard/sign-in?problem=closed")
    }
    let password = Secret(String((form["password"] ?? "").prefix(200)))
    guard let account = try accounts.account(name, password: password, of: tenant) else {
      try signIns.refused(name, of: tenant)
      try audit.note(.signInRefused, "", of: tenant, by: name)
      return Self.seeOther("/dashboard/sign-in?problem=refused")
    }
    try signIns.granted(name, of: tenant)
    try audit.note(.signedIn, account.role.rawValue, of: tenant, by: name)
    let session = try sessions.begin(for: account, of: tenant)
    return Self.seeOther(
      Self.home(of: session),
      cookies: [
        cookies.setting(session: session.token, for: sessions.lifetime), cookies.endingSignIn,
      ]
    )
  }

  @Sendable
  func signOut(_: FormBody, _: ServerContext, _ session: Session) throws -> Response {
    try sessions.end(session)
    try audit.note(.signedOut, "", of: session.tenant, by: session.account.name)
    return Self.seeOther("/dashboard/sign-in?problem=none", cookies: [cookies.endingSession])
  }

  private static func signInNotice(_ problem: String?) -> PageNotice? {
    switch problem {
    case "refused":
      PageNotice(.bad, "Organization, account and password do not belong together.")
    case "closed":
      PageNotice(.bad, "There were too many attempts. Please wait a quarter of an hour.")
    case "form": PageNotice(.bad, "This form was too old. Please try again.")
    case "none": PageNotice(.good, "You are signed out.")
    default: nil
    }
  }
}
