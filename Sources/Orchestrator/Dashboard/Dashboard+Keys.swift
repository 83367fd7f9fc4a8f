import Hummingbird
import Secrets
import Worlds

extension Dashboard {
  @Sendable
  func keyPage(_ request: Request, _: ServerContext, _ session: Session) throws -> Response {
    let form = session.token.formToken
    let summary = try keys.summary(of: session.tenant)
    let view = KeyView(
      form: form,
      installed: summary.map { Self.installed($0, form: form) },
      versions: try keys.history.versions(of: session.tenant).map(Self.version)
    )
    return page(
      "Key",
      at: "/dashboard/key",
      "key",
      view,
      session,
      notice: Self.keyNotice(request.uri.queryParameters["result"].map(String.init))
    )
  }

  @Sendable
  func replaceKey(
    _ form: FormBody,
    _: ServerContext,
    _ session: Session
  ) async throws -> Response {
    do {
      let submission = try KeySubmission(
        form.filled(KeySubmission.members),
        azureHostSuffixes: keys.azureHostSuffixes
      )
      _ = try await keys.install(
        submission.credential,
        for: session.tenant,
        by: session.account.name
      )
      return Self.keyResult("installed")
    } catch let fault as KeySubmission.Fault {
      return Self.keyResult("\(fault.code)")
    } catch let refusal as KeyRefusal {
      return Self.keyResult("\(refusal.code)")
    }
  }

  @Sendable
  func checkKey(_: FormBody, _: ServerContext, _ session: Session) async throws -> Response {
    do {
      _ = try await keys.check(of: session.tenant, by: session.account.name)
      return Self.keyResult("accepted")
    } catch let refusal as KeyRefusal {
      return Self.keyResult("\(refusal.code)")
    }
  }

  @Sendable
  func removeKey(
    _ form: FormBody,
    _: ServerContext,
    _ session: Session
  ) async throws -> Response {
    guard form["confirmation"]?.trimmed == "remove" else { return Self.keyResult("unconfirmed") }
    do {
      try await keys.remove(of: session.tenant, by: session.account.name)
      return Self.keyResult("removed")
    } catch let refusal as KeyRefusal {
      return Self.keyResult("\(refusal.code)")
    }
  }

  private static func keyResult(_ code: String) -> Response {
    seeOther("/dashboard/key?result=\(code)")
  }

  /// Only words of our own, whatever stands in the address.
  private static func keyNotice(_ result: String?) -> PageNotice? {
    switch result {
    case "installed": return PageNotice(.good, "The key is installed, and in use from now on.")
    case "accepted": return PageNotice(.good, "The provider takes the installed key.")
    case "removed": return PageNotice(.good, "The key is removed and destroyed.")
    case "unconfirmed":
      return PageNotice(.warn, "Nothing was removed: please type the word 'remove'.")
    case "bad_request":
      return PageNotice(.bad, "This cannot be a key: it is too short, too long or has blanks.")
    case "bad_endpoint":
      return PageNotice(.bad, "The endpoint must be like https://NAME.openai.azure.com.")
    case "bad_deployment":
      return PageNotice(.bad, "A deployment's name or the version cannot be right.")
    default:
      return KeyRefusal.allCases.first { "\($0.code)" == result }
        .map { PageNotice(.bad, "\($0.words)") }
    }
  }

  private static func installed(_ summary: KeySummary, form: String) -> KeyView.Installed {
    let isActive = summary.state == .active
    var view = KeyView.Installed(
      tone: isActive ? "good" : "bad",
      state: isActive
        ? "In use"
        : "Rejected by the provider since \(summary.rejectedAt?.shown ?? ""); the assistant is "
          + "paused",
      provider: name(ofProvider: summary.destination.providerName),
      lastFour: summary.lastFour,
      fingerprint: summary.fingerprint.description,
      version: "\(summary.version)",
      since: summary.installedAt.shown,
      form: form
    )
    if case .azure(let azure) = summary.destination {
      view.endpoint = "https://\(azure.host) (\(azure.apiVersion ?? "v1"))"
      view.deployments = "\(azure.chatDeployment), \(azure.embeddingsDeployment)"
    }
    return view
  }

  private static func version(_ version: KeyHistory.Version) -> KeyView.Version {
    KeyView.Version(
      version: "\(version.version)",
      provider: name(ofProvider: version.provider),
      lastFour: version.lastFour,
      installed: "\(version.installedAt.shown), by \(version.installedBy)",
      ended: version.endedAt.map { "\($0.shown), by \(version.endedBy ?? "")" } ?? "in use"
    )
  }

  private static func name(ofProvider name: String) -> String {
    switch name {
    case "openai": "OpenAI"
    case "azure": "Azure OpenAI"
    default: name
    }
  }
}

extension Timestamp {
  /// `2026-01-05 08:00:00`, in UTC.
  var shown: String {
    String(iso8601.prefix(19)).replacing("T", with: " ")
  }
}
