import HTTPTypes
import NIOCore
import Testing
import Wire
import Worlds

@Suite struct CallerTests {
  /// Delivers one activity with changed claims, and gives the status.
  private func status(
    _ vendor: TestVendor,
    _ running: RunningVendor,
    issuer: TestIssuer = .genuine,
    algorithm: TestIssuer.Algorithm = .rs256,
    activity: String = FakePlatforms.activity("hi"),
    change: (inout BotFrameworkClaims) -> Void = { _ in }
  ) async throws -> Int {
    var claims = vendor.platforms.claims(at: vendor.time.now)
    change(&claims)
    let token = try issuer.sign(claims, algorithm: algorithm)
    return try await running.deliver(activity, token: token).status
  }

  @Test func `Only tokens that prove everything are served`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let now = vendor.time.now.unixSeconds
        #expect(try await status(vendor, running) == 202)
        #expect(try await status(vendor, running, issuer: .forger) == 401)
        #expect(try await status(vendor, running, issuer: .stranger) == 401)
        #expect(try await status(vendor, running, algorithm: .rs384) == 401)
        #expect(try await status(vendor, running) { $0.iss = "https://evil.example" } == 401)
        #expect(try await status(vendor, running) { $0.aud = "other-bot" } == 401)
        #expect(try await status(vendor, running) { $0.serviceurl = nil } == 401)
        #expect(try await status(vendor, running) { $0.serviceurl?.removeLast() } == 401)
        for (offset, expected) in [(-240, 202), (-360, 401)] as [(Int64, Int)] {
          let found = try await status(vendor, running) { $0.exp.seconds = now + offset }
          #expect(found == expected, "expired by \(-offset) seconds")
        }
        for (offset, expected) in [(240, 202), (360, 401)] as [(Int64, Int)] {
          let found = try await status(vendor, running) { $0.nbf?.seconds = now + offset }
          #expect(found == expected, "not valid for \(offset) seconds yet")
        }
        #expect(try await running.deliver(FakePlatforms.activity("hi"), token: nil).status == 401)
        #expect(try await running.deliver(FakePlatforms.activity("hi"), token: "a.b").status == 401)
      }
    }
  }

  @Test func `Another channel, host or tenant is not served`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let channel = FakePlatforms.activity("hi", channel: "slack")
        #expect(try await status(vendor, running, activity: channel) == 401)
        let elsewhere = "https://evil.example/"
        let activity = FakePlatforms.activity("hi", serviceURL: elsewhere)
        let found = try await status(vendor, running, activity: activity) {
          $0.serviceurl = elsewhere
        }
        #expect(found == 401)
        let stranger = FakePlatforms.activity("hi", tenant: "nobody")
        #expect(try await status(vendor, running, activity: stranger) == 403)
        #expect(vendor.network.sent(to: "evil.example").isEmpty)
      }
    }
  }

  @Test func `A key that is not endorsed for the channel vouches for nothing`() throws {
    try TestVendor.test { vendor in
      vendor.platforms.endorse("skype")
      try await vendor.running { running async throws in
        #expect(try await status(vendor, running) == 401)
      }
    }
  }

  @Test func `A remembered token still expires`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let token = try vendor.platforms.token(at: vendor.time.now)
        func deliver() async throws -> Int {
          try await running.deliver(FakePlatforms.activity("hi"), token: token).status
        }
        #expect(try await deliver() == 202)
        try await running.wait(.seconds(3_600 + 299))
        #expect(try await deliver() == 202)
        try await running.wait(.seconds(2))
        #expect(try await deliver() == 401)
      }
    }
  }

  @Test func `Keys are fetched once a day, and for an unknown key at most once a minute`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        func fetches() -> Int { vendor.network.sent(to: "login.botframework.com").count / 2 }
        for _ in 0..<3 { _ = try await status(vendor, running) }
        #expect(fetches() == 1)
        try await running.wait(.seconds(61))
        for _ in 0..<5 { _ = try await status(vendor, running, issuer: .stranger) }
        #expect(fetches() == 2)
        try await running.wait(.seconds(61))
        _ = try await status(vendor, running, issuer: .stranger)
        #expect(fetches() == 3)
        try await running.wait(.seconds(86_401))
        _ = try await status(vendor, running)
        #expect(fetches() == 4)
      }
    }
  }

  @Test func `Without the issuer's keys the platform is asked to come again`() throws {
    try TestVendor.test { vendor in
      vendor.platforms.issuerAnswers(500)
      try await vendor.running { running async throws in
        #expect(try await status(vendor, running) == 503)
        vendor.platforms.issuerAnswers(200)
        #expect(try await status(vendor, running) == 202)
      }
    }
  }

  @Test func `Hostile bodies get a clear status`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let token = try vendor.platforms.token(at: vendor.time.now)
        let deep = String(repeating: "[", count: 100_000)
        for body in ["", "{", "[]", "null", #"{"type":5}"#, #"{"type":"message","text":{}}"#, deep]
        {
          #expect(try await running.deliver(body, token: token).status == 400, "\(body.prefix(40))")
        }
        let huge = #"{"type":"message","text":""# + String(repeating: "x", count: 1 << 20) + #""}"#
        #expect(try await running.deliver(huge, token: token).status == 413)
        // Nothing is said of a body before its sender is known.
        #expect(try await running.deliver("{", token: nil).status == 401)
      }
    }
  }

  @Test func `Google tokens need issuer, audience and time`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running async throws in
        func status(_ token: String) async throws -> Int {
          try await running.request(
            .post,
            "/api/google-chat",
            headers: [.authorization: "Bearer \(token)"],
            body: ByteBuffer(string: FakePlatforms.event("hi"))
          ).status
        }
        let now = vendor.time.now
        #expect(try await status(vendor.platforms.googleToken(at: now)) == 200)
        #expect(
          try await status(vendor.platforms.googleToken(at: now, audience: "999")) == 401
        )
        let expired = now + .seconds(-3_661)
        #expect(try await status(vendor.platforms.googleToken(at: expired)) == 401)
        let early = now + .seconds(90)
        #expect(try await status(vendor.platforms.googleToken(at: early)) == 401)
      }
    }
  }
}
