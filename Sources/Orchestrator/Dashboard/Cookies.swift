import HTTPTypes
import Hummingbird

/// The dashboard's two cookies: never read by scripts, never sent by other sites' forms, and with a
/// secure connection only where there is one.
struct Cookies: Sendable {
  let isSecure: Bool

  /// `__Host-` makes browsers refuse one that another host of the domain has set.
  private var session: String { isSecure ? "__Host-session" : "session" }
  private var form: String { isSecure ? "__Host-sign-in" : "sign-in" }

  func session(in request: Request) -> AccessToken? { token(session, request) }

  /// What ties the sign-in form to the browser that was given it.
  func signIn(in request: Request) -> AccessToken? { token(form, request) }

  /// Lax, so that a link in a chat message finds its reader signed in; forms of other sites do not
  /// carry it.
  func setting(session token: AccessToken, for lifetime: Duration) -> String {
    written(session, token.text, "SameSite=Lax; Max-Age=\(lifetime.components.seconds)")
  }

  func setting(signIn token: AccessToken) -> String {
    written(form, token.text, "SameSite=Strict; Max-Age=3600")
  }

  var endingSession: String { written(session, "", "SameSite=Lax; Max-Age=0") }
  var endingSignIn: String { written(form, "", "SameSite=Strict; Max-Age=0") }

  private func written(_ name: String, _ value: String, _ attributes: String) -> String {
    "\(name)=\(value); Path=/; HttpOnly; \(isSecure ? "Secure; " : "")\(attributes)"
  }

  private func token(_ name: String, _ request: Request) -> AccessToken? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, String(parts[0]).trimmed == name {
          return AccessToken(String(parts[1]).trimmed)
        }
      }
    }
    return nil
  }
}
