// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "LandscapeBench",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "../..")],
  targets: [
    .executableTarget(
      name: "LandscapeBench",
      dependencies: [.product(name: "HoneTesting", package: "Hone")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
