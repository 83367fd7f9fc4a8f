import Evidence
import Foundation
import NIOCore
import ScenarioFiles
import Secrets
import Worlds

/// What an engineer who runs a deployment can look at, searched for every key of the run.
extension Stage {
  private static let pages: [(Event.Inspection.Tool, String)] = [
    (.status, "/dashboard/deployment"),
    (.configuration, "/dashboard/deployment/configuration"),
    (.log, "/dashboard/deployment/log"),
    (.log, "/dashboard/deployment/log?contains=key"),
    (.log, "/dashboard/deployment/log?contains=error"),
  ]

  /// Where programs commonly tell of themselves. That nothing is there is a good answer.
  private static let endpoints = [
    "/health", "/ready", "/metrics", "/status", "/debug", "/debug/vars", "/debug/config",
    "/actuator/env", "/config", "/env",
  ]

  /// What anybody on the inside asks a running program for, searched at the end of every story.
  private static let probed = ["/health", "/ready", "/status", "/metrics"]

  func searchMetrics() async {
    let engineer = EngineerClient(transport: admin.transport, clock: world.clock)
    for path in Self.probed {
      let page = await engineer.get(path, in: EngineerClient.Session())
      guard page.status != 0 else { continue }
      sightings.searched(.metrics, bytes: page.body.readableBytes)
      for hit in page.body.withUnsafeReadableBytes({ scanner.scanForKeys($0) }) {
        sightings.record(hit, surface: .metrics, place: path)
      }
    }
  }

  func inspect(_ tenant: String) async throws {
    let instance = try world.makeInstance("engineer", storage: nil)
    let engineer = EngineerClient(
      transport: instance.surroundings.transport,
      clock: world.clock
    )
    let password = Secret("mock-password-" + randomness.text("engineer/\(tenant)", 20))
    _ = await admin.setAccount(
      EngineerClient.account,
      role: "engineer",
      password: password,
      of: tenant
    )
    let session = await engineer.signIn(password, of: tenant)
    for (tool, path) in Self.pages {
      let page =
        if let session { await engineer.get(path, in: session) } else {
          EngineerClient.Page(status: 0, body: ByteBuffer())
        }
      record(
        tool,
        path,
        of: tenant,
        answered: page.status == 200,
        Data(page.body.readableBytesView)
      )
    }
    for path in Self.endpoints {
      let page = await engineer.get(path, in: session ?? EngineerClient.Session())
      record(
        .endpoints,
        path,
        of: tenant,
        answered: page.status != 0,
        Data(page.body.readableBytesView)
      )
    }
    openDatabases(of: tenant, scratch: instance.surroundings.storage)
    searchForTexts()
    for (tool, name, bytes) in process?.shownToEngineers() ?? [] {
      record(tool, name, of: tenant, answered: bytes != nil, bytes ?? Data())
    }
  }

  /// Replicas share a storage, and an instance that crashed leaves its own behind: the last one is
  /// the deployment's.
  private func openDatabases(of tenant: String, scratch: URL) {
    let storage = vendor.allStorage.last
    let prints = storage.map { DatabaseShell(scratch: scratch).prints(of: $0) } ?? []
    if prints.isEmpty { record(.database, "no database", of: tenant, answered: false, Data()) }
    for print in prints {
      record(.database, print.database, of: tenant, answered: true, print.text)
    }
  }

  private func record(
    _ tool: Event.Inspection.Tool,
    _ place: String,
    of tenant: String,
    answered: Bool,
    _ content: Data
  ) {
    // What operators read there without opening files is as good as logged.
    if [.log, .endpoints].contains(tool) { texts?.search(content, .log, place: place) }
    let hits = content.withUnsafeBytes { scanner.scanForKeys($0) }
    let shown = hits.compactMap { hit -> Event.Inspection.Shown? in
      guard case .key(let key) = hit.subject else { return nil }
      return Event.Inspection.Shown(key: key, encoding: hit.encoding)
    }
    recorder.record(
      .inspection(
        .init(
          tenant: tenant,
          tool: tool,
          place: place,
          answered: answered,
          bytes: content.count,
          shown: shown
        )
      )
    )
  }
}
