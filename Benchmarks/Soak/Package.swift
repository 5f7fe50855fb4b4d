// swift-tools-version: 6.3
import PackageDescription

// What happens in hours of use, in minutes: run by Scripts/soak.
let package = Package(
  name: "Soak",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-feature-visualization", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "Soak",
      dependencies: [
        .product(name: "EmbeddedNetworks", package: "swift-feature-visualization"),
        .product(name: "FeatureVisualization", package: "swift-feature-visualization"),
        .product(name: "NetworkFormats", package: "swift-feature-visualization"),
        .product(name: "PictureFiles", package: "swift-feature-visualization"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
