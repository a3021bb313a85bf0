# A desktop in miniature, on a private bus: the watcher of trays, the server of notifications, and logind.
# Orders come in as JSON, one a line; what happened goes out the same way.
import json, os, sys, threading
import dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
parts = sys.argv[1:]
PROPS = "org.freedesktop.DBus.Properties"


def tell(**what):
    print(json.dumps(what), flush=True)


class Watcher(dbus.service.Object):
    items = []

    @dbus.service.method("org.kde.StatusNotifierWatcher", in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, name, sender=None):
        self.items = [name if not name.startswith("/") else sender]
        tell(event="tray")

    @dbus.service.method(PROPS, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": 0}[name]

    def item(self):
        return bus.get_object(self.items[0], "/StatusNotifierItem")

    def look(self):
        all = dbus.Interface(self.item(), PROPS).GetAll("org.kde.StatusNotifierItem")
        icons = {int(icon[0]): hash(bytes(icon[2])) for icon in all["IconPixmap"]}
        return {"status": str(all["Status"]), "tip": str(all["ToolTip"][3]), "icons": icons}

    def menu(self):
        menu = dbus.Interface(bus.get_object(self.items[0], "/MenuBar"), "com.canonical.dbusmenu")
        menu.AboutToShow(0)
        layout = menu.GetLayout(0, -1, [])[1]

        def lines(of):
            for part in of[2]:
                yield {
                    "id": int(part[0]),
                    "label": str(part[1].get("label", "")),
                    "enabled": bool(part[1].get("enabled", True)),
                }
                yield from lines(part)

        return menu, [line for line in lines(layout) if line["label"]]

    def choose(self, label):
        menu, lines = self.menu()
        chosen = next(line["id"] for line in lines if line["label"] == label)
        menu.Event(chosen, "clicked", dbus.Int32(0), dbus.UInt32(0))


class Notifications(dbus.service.Object):
    last = 0
    NAME = "org.freedesktop.Notifications"

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body"]

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        self.last += 1
        tell(event="note", id=self.last, title=summary, body=body, actions=[str(it) for it in actions])
        return self.last

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, id, key):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, id, reason):
        pass


class Logind(dbus.service.Object):
    NAME = "org.freedesktop.login1.Manager"

    @dbus.service.method(NAME, in_signature="ssss", out_signature="h")
    def Inhibit(self, what, who, why, mode):
        ours, theirs = os.pipe()
        tell(event="inhibits", what=what, mode=mode)

        def closed(*_):
            os.close(ours)
            tell(event="released")
            return False

        GLib.io_add_watch(ours, GLib.IO_HUP, closed)
        handed = dbus.types.UnixFd(theirs)
        os.close(theirs)
        return handed

    @dbus.service.method(NAME, in_signature="s", out_signature="o")
    def GetSession(self, id):
        return dbus.ObjectPath("/org/freedesktop/login1/session/_31")

    @dbus.service.method(NAME, in_signature="u", out_signature="o")
    def GetSessionByPID(self, pid):
        return dbus.ObjectPath("/org/freedesktop/login1/session/_31")

    @dbus.service.signal(NAME, signature="b")
    def PrepareForSleep(self, start):
        pass


class Session(dbus.service.Object):
    @dbus.service.signal("org.freedesktop.login1.Session", signature="")
    def Lock(self):
        pass


class ScreenSaver(dbus.service.Object):
    @dbus.service.signal("org.freedesktop.ScreenSaver", signature="b")
    def ActiveChanged(self, active):
        pass


def named(name):
    return dbus.service.BusName(name, bus)


tray = Watcher(named("org.kde.StatusNotifierWatcher"), "/StatusNotifierWatcher") if "tray" in parts else None
notes = Notifications(named(Notifications.NAME), "/org/freedesktop/Notifications") if "notes" in parts else None
logind = named("org.freedesktop.login1") if "logind" in parts else None
if logind:
    manager = Logind(logind, "/org/freedesktop/login1")
    own, other = (Session(logind, f"/org/freedesktop/login1/session/_3{n}") for n in (1, 2))
    saver = ScreenSaver(named("org.freedesktop.ScreenSaver"), "/org/freedesktop/ScreenSaver")

orders = {
    "look": lambda: tray.look(),
    "menu": lambda: tray.menu()[1],
    "choose": lambda label: tray.choose(label),
    "click": lambda id: notes.ActionInvoked(dbus.UInt32(id), "default"),
    "sleep": lambda start: manager.PrepareForSleep(start),
    "lock session": lambda of: (own if of == "own" else other).Lock(),
    "screen saver": lambda on: saver.ActiveChanged(on),
}


def carry_out(order, number):
    try:
        tell(answer=number, value=orders[order[0]](*order[1:]))
    except Exception as problem:
        tell(answer=number, problem=str(problem))
    return False


def read():
    for line in sys.stdin:
        order = json.loads(line)
        GLib.idle_add(carry_out, order["order"], order["number"])
    GLib.idle_add(loop.quit)


loop = GLib.MainLoop()
threading.Thread(target=read, daemon=True).start()
tell(event="ready")
loop.run()
