# A project that the bot may read and one that it may not, and who works with them. Writes their keys as JSON.
require "json"

Setting.rest_api_enabled = "1"

admin = User.find_by_login("admin")
admin.must_change_passwd = false
admin.save!(validate: false)

projects = %w[support circle].map do |identifier|
  Project.create!(name: identifier.capitalize, identifier: identifier, is_public: false,
                  enabled_module_names: ["issue_tracking"], tracker_ids: Tracker.pluck(:id))
end

bot = User.new(firstname: "Vault", lastname: "Bot", mail: "vaultbot@redmine.test", language: "en")
bot.login = "vaultbot"
bot.password = bot.password_confirmation = "botpw12345"
bot.save!
bot.pref.time_zone = "Hawaii"
bot.pref.save!
Member.create!(project: projects.first, principal: bot, roles: [Role.find_by_name("Reporter")])

File.write(ENV.fetch("CUSTODY_KEYS"), JSON.generate(admin: admin.api_key, vaultbot: bot.api_key,
                                                    support: projects.first.id, circle: projects.last.id))
