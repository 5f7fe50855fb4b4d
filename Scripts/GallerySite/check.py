"""Looks at a gallery's site in headless Chromium, from the file system, as people do: check.py SITE [SCREENSHOTS]."""

import json
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


class Site:
    """A browser on a site."""

    def __init__(self, folder, screenshots):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options)
        self.page = (folder / "index.html").as_uri()
        self.screenshots = screenshots
        self.driver.get(self.page)

    def open(self, address):
        self.driver.execute_script("location.hash = arguments[0]", address)
        self.wait(lambda: self.run("return location.hash") == address)
        self.settle()

    def settle(self):
        """Waits until the view that was asked for is there, and its pictures with it."""
        self.wait(lambda: self.run("return document.querySelector('main h1, main .warning') !== null"))
        self.run("document.querySelectorAll('img').forEach((each) => { each.loading = 'eager'; })")
        self.wait(lambda: self.run("return [...document.images].every((each) => each.complete)"))

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition):
        WebDriverWait(self.driver, 30).until(lambda _: condition())

    def emulate(self, size, scheme):
        width, height = SIZES[size]
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"},
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def heading(self):
        return self.driver.find_element(By.CSS_SELECTOR, "main h1").text

    @property
    def address(self):
        return self.run("return location.hash")

    def shoot(self, name):
        if self.screenshots:
            self.driver.save_screenshot(str(self.screenshots / f"{name}.png"))


def check_view(site, name):
    """What holds of every view: pictures are there and named, links lead somewhere, nothing is cut off."""
    broken = site.run("return [...document.images].filter((each) => !each.naturalWidth).map((each) => each.src)")
    assert not broken, f"{name}: pictures that do not load: {broken[:3]}"
    unnamed = site.run("return [...document.images].filter((each) => !each.hasAttribute('alt')).length")
    assert unnamed == 0, f"{name}: {unnamed} pictures without an alternative text"
    empty = site.run(
        "return [...document.querySelectorAll('a, button')].filter((each) => "
        "!(each.textContent.trim() || each.getAttribute('aria-label'))).length"
    )
    assert empty == 0, f"{name}: {empty} links without a text"
    wide = site.run("return document.scrollingElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name}: {wide} pixels wider than the window"
    text = site.run("return document.querySelector('main').innerText")
    assert not any(word in text.split() for word in ("null", "undefined", "NaN")), f"{name}: a value that is missing is shown"
    warning = site.run("return document.querySelector('main > .warning')?.textContent")
    assert warning is None, f"{name}: {warning}"


def check_pages(site, manifest):
    """Every layer and every unit: its picture, its figures, its links."""
    links, pictures = set(), 0
    pages = ["#/"] + [f"#/layer/{layer['position']}" for layer in manifest["layers"]]
    for layer in manifest["layers"]:
        pages += [f"#/unit/{layer['position']}/{unit['unit']}" for unit in layer["units"]]
        pictures += sum("picture" in unit["files"] for unit in layer["units"])
    for page in pages:
        site.open(page)
        check_view(site, page)
        links.update(site.run("return [...document.querySelectorAll('a')].map((each) => each.getAttribute('href'))"))
    lost = [link for link in links if link.startswith("#/") and link.split("/")[1] != "search"
            and link not in pages and not link.startswith("#/layer/")]
    assert not lost, f"links that lead nowhere: {lost[:3]}"
    return len(pages), pictures, len(links)


def check_pictures(site, folder, manifest):
    """The grids show exactly the pictures that the manifest names, and those are all that there are."""
    named, shown = set(), set()
    for layer in manifest["layers"]:
        named.update(unit["files"]["picture"]["path"] for unit in layer["units"] if "picture" in unit["files"])
        for page in sorted({unit["unit"] // 1000 for unit in layer["units"]}):
            site.open(f"#/layer/{layer['position']}/{page}")
            shown.update(site.run("return [...document.querySelectorAll('#grid img')].map((each) => each.getAttribute('src'))"))
    there = {str(path.relative_to(folder)) for path in (folder / "pictures").rglob("*.png")}
    assert named == shown == there, f"{len(named)} named, {len(shown)} shown, {len(there)} there"


def check_keys(site, manifest):
    """The keyboard alone: search, grid, units beside, and back up."""
    layer = manifest["layers"][0]
    units = [unit["unit"] for unit in layer["units"]]
    site.open("#/")
    site.press("/")
    site.press(layer["name"], Keys.ENTER)
    site.wait(lambda: site.address.startswith("#/search/"))
    site.settle()
    assert layer["name"] in site.heading
    assert site.run("return document.querySelectorAll('main .layers a').length") >= 1
    site.press(Keys.ESCAPE)
    site.wait(lambda: site.address == "#/")
    site.open(f"#/layer/{layer['position']}")
    site.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER)
    expected = units[min(1, len(units) - 1)]
    site.wait(lambda: site.address == f"#/unit/{layer['position']}/{expected}")
    if expected != units[0]:
        # The address comes before the view, in which the grid may still have the keys.
        site.wait(lambda: site.run("return document.querySelector('main a[rel=prev]') !== null"))
        site.press(Keys.ARROW_LEFT)
        site.wait(lambda: site.address == f"#/unit/{layer['position']}/{units[0]}")
    site.wait(lambda: site.run("return document.querySelector('#grid') === null"))
    site.press(Keys.ESCAPE)
    site.wait(lambda: site.address.startswith(f"#/layer/{layer['position']}"))
    labelled = [(layer, unit) for layer in manifest["layers"] for unit in layer["units"] if unit.get("label")]
    if labelled:
        layer, unit = labelled[-1]
        site.press("/")
        site.press(unit["label"], Keys.ENTER)
        site.wait(lambda: site.run("return document.querySelectorAll('#grid a').length") >= 1)


def check_looks(site, manifest):
    """Desktop and phone, light and dark; the button changes the colours."""
    last = manifest["layers"][-1]
    views = {
        "network": "#/", "layer": f"#/layer/{last['position']}",
        "unit": f"#/unit/{last['position']}/{last['units'][0]['unit']}",
    }
    for size in SIZES:
        for scheme in ["light", "dark"]:
            site.emulate(size, scheme)
            light = site.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            assert light == (scheme == "light"), f"the page is not {scheme}"
            for name, address in views.items():
                site.open(address)
                check_view(site, f"{name}, {size}, {scheme}")
                site.shoot(f"{name}-{size}-{scheme}")
    site.emulate("desktop", "light")
    site.driver.find_element(By.ID, "theme").click()
    assert site.run("return document.documentElement.dataset.theme") == "dark"
    site.driver.find_element(By.ID, "theme").click()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    screenshots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if screenshots:
        screenshots.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((folder / "manifest.json").read_text())
    site = Site(folder, screenshots)
    try:
        check_looks(site, manifest)
        check_keys(site, manifest)
        check_pictures(site, folder, manifest)
        pages, pictures, links = check_pages(site, manifest)
        errors = [entry["message"] for entry in site.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        assert not errors, f"on the console: {errors[:3]}"
    finally:
        site.driver.quit()
    print(f"{pages} pages, {pictures} pictures, {links} links, keyboard, light and dark, desktop and phone: no fault")


main()
