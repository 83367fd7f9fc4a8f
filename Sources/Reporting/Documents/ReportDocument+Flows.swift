import Evidence
import Guarantees

extension ReportDocument {
  /// Where the data of one deployment model's stories went.
  struct Flow: Encodable {
    struct Place: Encodable {
      var zone: Facts.Zone
      /// How often each class of data was seen there; what is left out was never seen.
      var seen: [DataFlow.Kind: Int]
    }

    var model: Facts.Deployment
    var zones: [Place]

    init(_ model: Facts.Deployment, _ flow: DataFlow) {
      self.model = model
      zones = Facts.Zone.allCases.map { zone in
        var seen: [DataFlow.Kind: Int] = [:]
        for kind in DataFlow.Kind.allCases where flow.count(of: kind, in: zone) > 0 {
          seen[kind] = flow.count(of: kind, in: zone)
        }
        return Place(zone: zone, seen: seen)
      }
    }
  }
}
